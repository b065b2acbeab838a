import { isManager } from '@/lib/auth/manage-accounts';
import { readEnv } from '@/lib/ops/env';
import { METRICS_REFUSED, mayReadMetrics } from '@/lib/ops/metrics-access';
import { clientAddress } from '@/lib/ops/sender';
import { tellFigures } from '@/lib/service/tell-figures';

export const dynamic = 'force-dynamic';

/** This process's figures, in Prometheus' text format: for who has METRICS_TOKEN, and who manages the installation. */
export async function GET({ headers }: Request): Promise<Response> {
  const isOpen = readEnv().AUTH === 'off';
  const mayRead = mayReadMetrics(headers.get('authorization'), clientAddress(headers), isOpen);
  if (!mayRead && !(await isManager())) {
    return new Response(METRICS_REFUSED, {
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer', 'Cache-Control': 'no-store' },
    });
  }
  const { body, contentType } = await tellFigures();
  return new Response(body, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
}
