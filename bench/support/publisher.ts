import { createRandom } from '../../test/support/random';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** At least so many items lie before the simulated time: what a rhythm is read from. */
const BEFORE = 20;

/**
 * How often feeds publish: a share of all feeds, and items a day from one bound to another, evenly on a logarithmic
 * scale. An assumption, made from what lists of subscriptions look like: many feeds have died, most others are
 * somebody's blog, and a few are newspapers. The results move with it; the comparison of rules hardly does.
 */
const RHYTHMS: readonly { share: number; from: number; to: number }[] = [
  { share: 0.35, from: 0, to: 0 },
  { share: 0.25, from: 1 / 60, to: 1 / 7 },
  { share: 0.22, from: 1 / 7, to: 1 },
  { share: 0.13, from: 1, to: 10 },
  { share: 0.05, from: 10, to: 100 },
];

function drawRate(random: () => number): number {
  let rest = random();
  for (const { share, from, to } of RHYTHMS) {
    if (rest < share) return from === 0 ? 0 : from * (to / from) ** random();
    rest -= share;
  }
  return 1;
}

/**
 * Draws a synthetic feed: items come by themselves (a Poisson process), four times as often at its noon as at its
 * midnight.
 *
 * @param start milliseconds since 1970; `length` in milliseconds.
 * @returns when it publishes, the oldest first: the last twenty items before the start and all of the week before it,
 *   and all from then on.
 */
export function drawPosts(seed: number, start: number, length: number): Date[] {
  const random = createRandom(seed);
  const rate = drawRate(random);
  if (rate === 0) return [new Date(start - DAY * (100 + 1000 * random()))];
  const zone = random() * DAY;
  // Items are drawn at the rate of noon, and dropped by the hour.
  const gap = () => (-Math.log(1 - random()) * DAY) / (rate * 1.6);
  const isKept = (time: number) => {
    const hour = (((time + zone) % DAY) + DAY) % DAY;
    return random() < 0.625 - 0.375 * Math.cos((2 * Math.PI * hour) / DAY);
  };
  const posts: Date[] = [];
  for (let time = start - gap(); posts.length < BEFORE || time > start - WEEK; time -= gap())
    if (isKept(time)) posts.push(new Date(time));
  posts.reverse();
  for (let time = start + gap(); time < start + length; time += gap())
    if (isKept(time)) posts.push(new Date(time));
  return posts;
}
