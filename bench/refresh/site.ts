import { type FeedServer, startFeedServer, writeRss } from '../../test/support/feed-server';

export const FEEDS = 1000;
export const ITEMS = 50;
export const DELAY_MS = 50;

/** In a run with hanging servers, each of so many feeds is at one. */
export const HANGING_EVERY = 20;

/** Feeds come from many hosts: so many addresses of loopback stand for them, and others for those that hang. */
const HOSTS = 50;

/** The servers of the feeds. */
export interface Site {
  well: FeedServer[];
  hanging: FeedServer[];
  documents: Buffer[];
  /** How often all feeds are there by now, each time at other addresses. */
  sets: number;
}

/** @returns the address of a feed of the newest set, by its number. */
export function addressOf({ well, hanging, sets }: Site, feed: number, someHang: boolean): string {
  const servers = someHang && feed % HANGING_EVERY === 0 ? hanging : well;
  return `${servers[feed % HOSTS]?.origin}/${sets}/${feed}`;
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

/** Starts servers for 1,000 feeds of 50 items of 2 KB, which take 50 ms to answer, and as many that never do. */
export async function startSite(): Promise<Site> {
  const start = (network: number) =>
    Promise.all(Array.from({ length: HOSTS }, (_, host) => startFeedServer(`127.0.${network}.${host + 1}`)));
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
    site.well[feed % HOSTS]?.serve(`/${site.sets}/${feed}`, ({ headers }) =>
      headers['if-none-match'] === etag
        ? { status: 304, headers: { etag }, delayMs: DELAY_MS }
        : { body, headers: { etag }, delayMs: DELAY_MS },
    );
  }
}

export async function closeSite({ well, hanging }: Site): Promise<void> {
  await Promise.all([...well, ...hanging].map((server) => server.close()));
}
