import { HealthLine } from '@/app/ui/health-line';
import { findTroubles } from '@/lib/service/find-troubles';

/** A page is not held up to say that something holds it up: what is known by then is said. */
const PATIENCE_MS = 50;

/** The status line as this process knows it now; in the browser it goes on by itself. */
export async function StatusLine() {
  return <HealthLine troubles={await findTroubles(PATIENCE_MS)} />;
}
