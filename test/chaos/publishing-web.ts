import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeRss } from '../support/feed-server';

/** An item as it was published; its title names its revision, which grows when it is edited. */
export interface PublishedItem {
  guid: string;
  /** The versions of its feed in which it was edited. */
  edits: number[];
  date: Date;
}

/** A feed that publishes all the time. */
export interface PublishingFeed {
  url: string;
  host: string;
  /** Whether persons ask for it, who need not wait for the host's turns. */
  wanted: boolean;
  /** Everything it ever published, the oldest first: each version has one more. Its document has the newest of them. */
  items: PublishedItem[];
}

/** A request that has come; times in milliseconds since 1970. */
export interface Visit {
  feed: PublishingFeed;
  /** The process that asked, by the number in its User-Agent. */
  reader: number;
  begun: number;
  /** When its answer was sent, or its connection broken. */
  ended: number;
  /** 0 where the answer could not be sent. */
  status: number;
  /** Of the document that was there when it was answered; 0 until then. */
  version: number;
  /** Whether it follows a redirect: it belongs to the request before. */
  onward: boolean;
}

/** A request that waits for its answer for as long as whoever lay in wait for it likes. */
interface Held {
  visit: Visit;
  /** Answers that the document is at another address, where the same server has it. */
  redirect(): void;
}

export interface PublishingWeb {
  feeds: PublishingFeed[];
  visits: Visit[];
  /** Publishes something in one feed after the other, in turn, until `stop`. */
  publish(): { stop(): void };
  /**
   * Lies in wait for a process: the next feed it asks for in the background gets no answer.
   *
   * @returns null when it asks for none within `limitMs`.
   */
  ambush(reader: number, limitMs: number): Promise<Held | null>;
  close(): Promise<void>;
}

export interface PublishingOptions {
  feeds: number;
  /** Feeds of one host. */
  perHost: number;
  /** Of each feed, in milliseconds. */
  publishEveryMs: number;
  /** Hosts whose feeds persons ask for, one in so many. */
  wantedEvery: number;
  random: () => number;
}

/** Items of a document: what is not fetched before so many more have come is lost. */
export const DOCUMENT_ITEMS = 30;

/** One in so many is edited, one answer in so many is slow. */
const EDITED = 0.25;
const SLOW = 0.04;

/** How processes name themselves: `workerEnv` in run-chaos.ts. */
const READER = /:(\d+)\/\)$/;

/** The same document is here, too, for those that are sent on. */
const ONWARD = '/onward';

/** @returns the title that an item has in a version of its feed, by which it is known again in the database. */
export const titleIn = ({ guid, edits }: PublishedItem, version: number) =>
  `${guid} revision ${edits.filter((edit) => edit <= version).length}`;

/** @returns the version of a feed's document that is there now. */
export const versionOf = ({ items }: PublishingFeed) => items.length;

/** @returns the items of a version of a feed's document. */
export const documentIn = ({ items }: PublishingFeed, version: number) =>
  items.slice(Math.max(0, version - DOCUMENT_ITEMS), version);

function publishIn(feed: PublishingFeed, random: () => number): void {
  const version = versionOf(feed);
  const items = documentIn(feed, version);
  const edited = random() < EDITED ? items[Math.floor(random() * items.length)] : undefined;
  edited?.edits.push(version + 1);
  const guid = `${new URL(feed.url).pathname.slice(1)}-item-${version}`;
  feed.items.push({ guid, edits: [], date: new Date() });
}

function answer(visit: Visit, request: IncomingMessage, response: ServerResponse): void {
  const { feed } = visit;
  const version = versionOf(feed);
  const etag = `"${version}"`;
  visit.version = version;
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  const items = documentIn(feed, version).map((item) => ({
    guid: item.guid,
    title: titleIn(item, version),
    date: item.date,
  }));
  response.writeHead(200, { 'content-type': 'application/rss+xml', etag });
  response.end(writeRss(feed.url, items.reverse()));
}

/** Starts the web that the readers under test read: one server, whose addresses of loopback are hosts. */
export async function startPublishingWeb(options: PublishingOptions): Promise<PublishingWeb> {
  const { random } = options;
  const byUrl = new Map<string, PublishingFeed>();
  const visits: Visit[] = [];
  const ambushes = new Map<number, (held: Held) => void>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const onward = path.startsWith(ONWARD);
    const feed = byUrl.get(`http://${request.headers.host}${onward ? path.slice(ONWARD.length) : path}`);
    if (feed === undefined) {
      response.writeHead(404).end();
      return;
    }
    const reader = Number(READER.exec(request.headers['user-agent'] ?? '')?.[1]);
    const visit: Visit = {
      ...{ feed, reader, onward, version: 0, status: 0 },
      begun: Date.now(),
      ended: Number.POSITIVE_INFINITY,
    };
    visits.push(visit);
    response.on('close', () => {
      visit.ended = Date.now();
      visit.status = response.writableFinished ? response.statusCode : 0;
    });
    const fallInto = feed.wanted ? undefined : ambushes.get(reader);
    if (fallInto) {
      ambushes.delete(reader);
      fallInto({ visit, redirect: () => response.writeHead(302, { location: `${ONWARD}${path}` }).end() });
      return;
    }
    const delay = random() < SLOW ? 1000 + random() * 3000 : 20 + random() * 200;
    setTimeout(() => answer(visit, request, response), delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  const feeds = Array.from({ length: options.feeds }, (_, index) => {
    const number = Math.floor(index / options.perHost);
    const host = `127.9.0.${number + 1}:${port}`;
    const url = `http://${host}/feed-${index}`;
    const feed: PublishingFeed = { url, host, wanted: number % options.wantedEvery === 0, items: [] };
    publishIn(feed, random);
    byUrl.set(url, feed);
    return feed;
  });
  return {
    feeds,
    visits,
    publish() {
      let next = 0;
      const timer = setInterval(() => {
        const feed = feeds[next % feeds.length];
        next += 1;
        if (feed) publishIn(feed, random);
      }, options.publishEveryMs / options.feeds);
      return { stop: () => clearInterval(timer) };
    },
    async ambush(reader, limitMs) {
      const late = new AbortController();
      const held = new Promise<Held>((resolve) => {
        ambushes.set(reader, resolve);
      });
      const nobody = sleep(limitMs, null, { signal: late.signal }).catch(() => null);
      const fallen = await Promise.race([held, nobody]);
      late.abort();
      ambushes.delete(reader);
      return fallen;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
