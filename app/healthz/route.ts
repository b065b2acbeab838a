export const dynamic = 'force-dynamic';

/** Answers while the process lives. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { 'Cache-Control': 'no-store' } });
}
