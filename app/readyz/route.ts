import { checkReady } from '@/lib/service/check-ready';

export const dynamic = 'force-dynamic';

/** 200 when database and queue answer; 503 when one does not, and which. */
export async function GET(): Promise<Response> {
  const state = await checkReady();
  return Response.json(state, { status: state.ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
