import { renderMetrics } from '@/lib/ops/metrics';

export const dynamic = 'force-dynamic';

/** This process's figures, in Prometheus' text format. */
export async function GET(): Promise<Response> {
  const { body, contentType } = await renderMetrics();
  return new Response(body, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
}
