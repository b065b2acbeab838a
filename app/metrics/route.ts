import { readEnv } from '@/lib/ops/env';
import { renderMetrics } from '@/lib/ops/metrics';
import { METRICS_REFUSED, mayReadMetrics } from '@/lib/ops/metrics-access';
import { clientAddress } from '@/lib/ops/sender';

export const dynamic = 'force-dynamic';

/** This process's figures, in Prometheus' text format. */
export async function GET({ headers }: Request): Promise<Response> {
  const isOpen = readEnv().AUTH === 'off';
  if (!mayReadMetrics(headers.get('authorization'), clientAddress(headers), isOpen)) {
    return new Response(METRICS_REFUSED, {
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer', 'Cache-Control': 'no-store' },
    });
  }
  const { body, contentType } = await renderMetrics();
  return new Response(body, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
}
