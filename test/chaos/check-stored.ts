import type { Violation } from './check-visits';
import { matchAttempts, TOLERANCE_MS } from './match-attempts';
import {
  DOCUMENT_ITEMS,
  documentIn,
  type PublishingFeed,
  titleIn,
  type Visit,
  versionOf,
} from './publishing-web';
import type { LoggedAttempt, StoredFeed } from './read-stored';

/** Feeds are fetched again within a day, and some jitter. */
const LATEST_MS = 25 * 3_600_000;

/** "feed-1-item-2 revision 3" without its revision. */
const guidOf = (title: string) => title.slice(0, title.indexOf(' revision '));

/** What must be stored, item by item, as far as the log has been followed. */
interface Expected {
  /** Of the documents that were stored first and last; 0 before the first. */
  first: number;
  version: number;
  titles: Map<string, string>;
  violations: Violation[];
}

/** What one attempt must have stored of the document that was served to it, and have said of it. */
function follow(feed: PublishingFeed, expected: Expected, attempt: LoggedAttempt, visit: Visit): Expected {
  const { titles, violations } = expected;
  const { version } = visit;
  const says = (what: string): Violation => ({ rule: 'stale', says: `${feed.url} ${what}` });
  if (attempt.outcome === 'FAILED') return expected;
  if (attempt.outcome === 'UNCHANGED') {
    if (version === expected.version) return expected;
    const missed = says(`took version ${version} for version ${expected.version}, which it has`);
    return { ...expected, violations: [...violations, missed] };
  }
  const served = documentIn(feed, version).map((item) => [item.guid, titleIn(item, version)] as const);
  const inserted = served.filter(([guid]) => !titles.has(guid)).length;
  const updated = served.filter(([guid, title]) => (titles.get(guid) ?? title) !== title).length;
  const right = inserted === attempt.inserted && updated === attempt.updated;
  const counts = `${attempt.inserted} new and ${attempt.updated} edited items of version ${version}`;
  return {
    first: expected.first || version,
    version,
    titles: new Map([...titles, ...served]),
    violations: right
      ? violations
      : [...violations, says(`stored ${counts}, where there were ${inserted} and ${updated}`)],
  };
}

/** Follows a feed's log: each attempt stored what was served to it, all of it and at once. */
function expect(feed: PublishingFeed, visits: Visit[], { attempts }: StoredFeed): Expected {
  const { told } = matchAttempts(visits, attempts);
  const visitOf = new Map(told.map(({ visit, attempt }) => [attempt, visit]));
  let expected: Expected = { first: 0, version: 0, titles: new Map(), violations: [] };
  for (const attempt of attempts) {
    const visit = visitOf.get(attempt);
    if (visit) expected = follow(feed, expected, attempt, visit);
  }
  return expected;
}

/**
 * Items that must be there: not those that had left the document when it was first stored, because the feed was added
 * late, or its first fetches were broken off.
 */
function findDue({ items }: PublishingFeed, { first }: Expected): string[] {
  return items.slice(Math.max(0, first - DOCUMENT_ITEMS)).map(({ guid }) => guid);
}

function checkItems(feed: PublishingFeed, stored: StoredFeed, expected: Expected): Violation[] {
  const published = new Set(feed.items.map(({ guid }) => guid));
  const guids = stored.titles.map(guidOf);
  const different = new Set(guids);
  const tell = (rule: Violation['rule'], what: string[], how: string): Violation[] =>
    what.length === 0 ? [] : [{ rule, says: `${feed.url} ${how}: ${what.slice(0, 5).join(', ')}` }];
  const titles = new Set(stored.titles);
  const last = versionOf(feed);
  const newest = documentIn(feed, last).map((item) => titleIn(item, last));
  const due = new Set([...newest, ...expected.titles.values()]);
  return [
    ...tell(
      'lost',
      findDue(feed, expected).filter((guid) => !different.has(guid)),
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
      [...due].filter((title) => different.has(guidOf(title)) && !titles.has(title)),
      'has not stored these revisions',
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
function checkLog(feed: PublishingFeed, visits: Visit[], { attempts }: StoredFeed): Violation[] {
  const overlapping = attempts.filter((attempt, index) => {
    const before = attempts[index - 1];
    return before !== undefined && attempt.begun + TOLERANCE_MS < before.begun + before.tookMs;
  });
  const { unasked } = matchAttempts(visits, attempts);
  const says = (what: string): Violation => ({ rule: 'log', says: `${feed.url} ${what}` });
  return [
    ...(overlapping.length > 0 ? [says(`has ${overlapping.length} attempts that another one overlaps`)] : []),
    ...(unasked.length > 0 ? [says(`has ${unasked.length} attempts in its log that were no requests`)] : []),
  ];
}

function checkState(feed: PublishingFeed, stored: StoredFeed, now: number): Violation[] {
  const says = (what: string): Violation[] => [{ rule: 'stuck', says: `${feed.url} ${what}` }];
  if (stored.status !== 'ready') return says(`is ${stored.status}: ${stored.error}`);
  if (stored.claimed) return says('is still claimed by a worker');
  const wait = (stored.nextFetchAt ?? Number.POSITIVE_INFINITY) - now;
  return wait > LATEST_MS ? says('is not fetched again within a day') : [];
}

/** Holds what the database has of each feed against what its server published, and served. */
export function checkStored(
  feeds: PublishingFeed[],
  stored: Map<string, StoredFeed>,
  visited: Map<string, Visit[]>,
  now: number,
): Violation[] {
  return feeds.flatMap((feed): Violation[] => {
    const found = stored.get(feed.url);
    if (found === undefined) return [{ rule: 'lost', says: `${feed.url} is not in the database` }];
    const visits = visited.get(feed.url) ?? [];
    const expected = expect(feed, visits, found);
    return [
      ...checkState(feed, found, now),
      ...checkItems(feed, found, expected),
      ...expected.violations,
      ...checkLog(feed, visits, found),
    ];
  });
}
