import type { Violation } from './check-visits';
import { documentOf, type PublishingFeed, titleOf } from './publishing-web';
import type { StoredFeed } from './read-stored';

/** Times of our log and of our own clock that may differ by rounding. */
const TOLERANCE_MS = 5;

/** Feeds are fetched again within a day, and some jitter. */
const LATEST_MS = 25 * 3_600_000;

/** "feed-1-item-2 revision 3" without its revision. */
const guidOf = (title: string) => title.slice(0, title.indexOf(' revision '));

function checkItems(feed: PublishingFeed, stored: StoredFeed): Violation[] {
  const published = new Set(feed.items.map(({ guid }) => guid));
  const guids = stored.titles.map(guidOf);
  const different = new Set(guids);
  const tell = (rule: Violation['rule'], what: string[], how: string): Violation[] =>
    what.length === 0 ? [] : [{ rule, says: `${feed.url} ${how}: ${what.slice(0, 5).join(', ')}` }];
  const titles = new Set(stored.titles);
  return [
    ...tell(
      'lost',
      [...published].filter((guid) => !different.has(guid)),
      'has lost items',
    ),
    ...tell(
      'doubled',
      guids.filter((guid, index) => guids.indexOf(guid) !== index),
      'has items twice',
    ),
    ...tell(
      'invented',
      [...different].filter((guid) => !published.has(guid)),
      'has items that it never published',
    ),
    ...tell(
      'stale',
      documentOf(feed)
        .filter((item) => different.has(item.guid) && !titles.has(titleOf(item)))
        .map(titleOf),
      'has items in an old revision',
    ),
    ...tell(
      'miscounted',
      stored.itemCount === stored.titles.length ? [] : [`${stored.itemCount}`],
      `has ${stored.titles.length} items, but says`,
    ),
  ];
}

/**
 * Only the holder of a claim writes an outcome, so that the attempts at a feed follow each other in its log; and each of
 * them was a request.
 */
function checkLog(feed: PublishingFeed, { attempts }: StoredFeed, visited: number): Violation[] {
  const overlapping = attempts.filter((attempt, index) => {
    const before = attempts[index - 1];
    return before !== undefined && attempt.begun + TOLERANCE_MS < before.begun + before.tookMs;
  });
  const says = (what: string): Violation => ({ rule: 'log', says: `${feed.url} ${what}` });
  return [
    ...(overlapping.length > 0 ? [says(`has ${overlapping.length} attempts that another one overlaps`)] : []),
    ...(attempts.length > visited
      ? [says(`has ${attempts.length} attempts in its log, but had ${visited} requests`)]
      : []),
  ];
}

function checkState(feed: PublishingFeed, stored: StoredFeed, now: number): Violation[] {
  const says = (what: string): Violation[] => [{ rule: 'stuck', says: `${feed.url} ${what}` }];
  if (stored.status !== 'ready') return says(`is ${stored.status}: ${stored.error}`);
  if (stored.claimed) return says('is still claimed by a worker');
  const wait = (stored.nextFetchAt ?? Number.POSITIVE_INFINITY) - now;
  return wait > LATEST_MS ? says('is not fetched again within a day') : [];
}

/** Holds what the database has of each feed against what its server published. */
export function checkStored(
  feeds: PublishingFeed[],
  stored: Map<string, StoredFeed>,
  visited: Map<string, number>,
  now: number,
): Violation[] {
  return feeds.flatMap((feed): Violation[] => {
    const found = stored.get(feed.url);
    if (found === undefined) return [{ rule: 'lost', says: `${feed.url} is not in the database` }];
    return [
      ...checkState(feed, found, now),
      ...checkItems(feed, found),
      ...checkLog(feed, found, visited.get(feed.url) ?? 0),
    ];
  });
}
