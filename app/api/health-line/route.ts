import { findTroubles } from '@/lib/service/find-troubles';

export const dynamic = 'force-dynamic';

/** Longer than a database that is down is waited for. */
const PATIENCE_MS = 4000;

/** What is wrong with this installation, one sentence each; an empty list while all is well. */
export async function GET(): Promise<Response> {
  const troubles = await findTroubles(PATIENCE_MS);
  return Response.json({ troubles }, { headers: { 'Cache-Control': 'no-store' } });
}
