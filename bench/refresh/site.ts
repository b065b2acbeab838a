import { type FeedServer, startFeedServer, writeRss } from '../../test/support/feed-server';

export const FEEDS = 1000;
export const ITEMS = 50;
export const DELAY_MS = 50;

/** Of so many feeds, one is at a server that hangs. */
const HANGING_EVERY = 20;

/**
 * The servers of the feeds: addresses of loopback stand for hosts. Most of what people read has a host of its own; the
 * fewer there are, the more is each asked one feed after the other.
 */
export interface Site {
  well: FeedServer[];
  hanging: FeedServer[];
  documents: Buffer[];
  /** How often all feeds are there by now, each time at other addresses. */
  sets: number;
}

/** @returns the address of a feed of the newest set that can be fetched, by its number. */
export function addressOf({ well, sets }: Site, feed: number): string {
  return `${well[feed % well.length]?.origin}/${sets}/${feed}`;
}

/** @returns the addresses of all feeds of the newest set: those that can be fetched, and between them some that hang. */
export function listAddresses(site: Site): string[] {
  const addresses: string[] = [];
  for (let feed = 0, hung = 0; feed < FEEDS; feed += 1) {
    addresses.push(addressOf(site, feed));
    if (addresses.length % HANGING_EVERY !== HANGING_EVERY - 1) continue;
    addresses.push(`${site.hanging[hung % site.hanging.length]?.origin}/${site.sets}/${hung}`);
    hung += 1;
  }
  return addresses;
}

function makeDocument(feed: number): Buffer {
  const filler = 'Words that fill an article as long as most are. '.repeat(40);
  const items = Array.from({ length: ITEMS }, (_, item) => ({
    guid: `feed-${feed}-item-${item}`,
    date: new Date(Date.UTC(2026, 0, 1) - item * 3_600_000),
    content: `<p>${filler}</p>`,
  }));
  return Buffer.from(writeRss(`Feed ${feed}`, items));
}

/**
 * Starts servers for 1,000 feeds of 50 items of 2 KB, which take 50 ms to answer, and others that never do.
 *
 * @param hosts how many there are of each, at most 1,000.
 */
export async function startSite(hosts: number): Promise<Site> {
  const start = (network: number) =>
    Promise.all(
      Array.from({ length: hosts }, (_, host) =>
        startFeedServer(`127.${network}.${Math.floor(host / 250)}.${(host % 250) + 1}`),
      ),
    );
  const documents = Array.from({ length: FEEDS }, (_, feed) => makeDocument(feed));
  const site = { well: await start(1), hanging: await start(2), documents, sets: 0 };
  for (const server of site.hanging) server.serveAll({ hang: true });
  return site;
}

/** Has all feeds at addresses that nobody knows yet. */
export function renewSite(site: Site): void {
  site.sets += 1;
  for (const [feed, body] of site.documents.entries()) {
    const etag = `"${feed}"`;
    site.well[feed % site.well.length]?.serve(`/${site.sets}/${feed}`, ({ headers }) =>
      headers['if-none-match'] === etag
        ? { status: 304, headers: { etag }, delayMs: DELAY_MS }
        : { body, headers: { etag }, delayMs: DELAY_MS },
    );
  }
}

export async function closeSite({ well, hanging }: Site): Promise<void> {
  await Promise.all([...well, ...hanging].map((server) => server.close()));
}
