import { countAtOnce } from './check-visits';
import type { ChaosOutcome } from './run-chaos';

const SHOWN = 20;

/** @returns lines such as "3 stop-worker, 2 lose-queue". */
function countKinds(names: string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

/** Tells in a few lines what happened, what came of it, and what was broken. */
export function describeOutcome({ web, faults, stored, settledMs, violations }: ChaosOutcome): string[] {
  const { feeds, visits } = web;
  const published = feeds.reduce((sum, { items }) => sum + items.length, 0);
  const all = [...stored.values()];
  const kept = all.reduce((sum, { titles }) => sum + titles.length, 0);
  const logged = all.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const hosts = [...new Set(feeds.map(({ host }) => host))];
  const atOnce = hosts.map((host) => countAtOnce(visits.filter(({ feed }) => feed.host === host)));
  const answered = countKinds(visits.map(({ status }) => (status === 0 ? 'broken off' : `${status}`)));
  return [
    '',
    `faults      ${countKinds(faults.map(({ kind }) => kind))}`,
    `feeds       ${stored.size} of ${feeds.length} at ${hosts.length} hosts; settled ${(settledMs / 1000).toFixed(1)} s after the last fault`,
    `items       ${published} published, ${kept} stored`,
    `requests    ${visits.length} (${answered}); ${logged} attempts logged; at most ${Math.max(0, ...atOnce)} at once at a host`,
    `violations  ${violations.length === 0 ? 'none' : countKinds(violations.map(({ rule }) => rule))}`,
    ...violations.slice(0, SHOWN).map(({ rule, says }) => `  ${rule}: ${says}`),
    ...(violations.length > SHOWN ? [`  and ${violations.length - SHOWN} more`] : []),
  ];
}
