import { countAtOnce, type Violation } from './check-visits';
import type { PublishingWeb } from './publishing-web';
import type { ChaosOutcome } from './run-chaos';

const SHOWN = 12;

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
    `waiting     a feed was not fetched for ${findLongestGap(web).toFixed(0)} s at most`,
    `violations  ${violations.length === 0 ? 'none' : countKinds(violations.map(({ rule }) => rule))}`,
    ...[...new Set(violations.map(({ rule }) => rule))].flatMap((rule) => showSome(rule, violations)),
  ];
}

function showSome(rule: Violation['rule'], violations: Violation[]): string[] {
  const broken = violations.filter((violation) => violation.rule === rule);
  const shown = broken.slice(0, SHOWN).map(({ says }) => `  ${rule}: ${says}`);
  return broken.length > SHOWN ? [...shown, `  ${rule}: and ${broken.length - SHOWN} more`] : shown;
}

/** @returns for how many seconds a feed was not fetched at most, from when it was first until the end. */
function findLongestGap({ feeds, visits }: PublishingWeb): number {
  const answered = visits.filter(({ status }) => status !== 0);
  const gaps = feeds.map((feed) => {
    const times = answered.filter((visit) => visit.feed === feed).map(({ ended }) => ended);
    return Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time)));
  });
  return Math.max(0, ...gaps) / 1000;
}
