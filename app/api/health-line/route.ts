import { SIGNED_OUT, toJson } from '@/app/api/answer';
import { identify } from '@/lib/auth/identify';
import { findTroubles } from '@/lib/service/find-troubles';

export const dynamic = 'force-dynamic';

/** Longer than a database that is down is waited for. */
const PATIENCE_MS = 4000;

/** What is wrong with this installation, one sentence each, for who reads here; an empty list while all is well. */
export async function GET(request: Request): Promise<Response> {
  // Who asks cannot be known while the database is down: of that, everybody may be told.
  const asking = await identify(request).catch(() => null);
  if (asking?.kind === 'nobody') return toJson(SIGNED_OUT, 401);
  const troubles = await findTroubles(PATIENCE_MS);
  return toJson({ troubles });
}
