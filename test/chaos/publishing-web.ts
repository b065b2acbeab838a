import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeRss } from '../support/feed-server';

/** An item as it was published; its title names its revision, which grows when it is edited. */
export interface PublishedItem {
  guid: string;
  revision: number;
  date: Date;
}

/** A feed that publishes all the time. */
export interface PublishingFeed {
  url: string;
  host: string;
  /** Whether persons ask for it, who need not wait for the host's turns. */
  wanted: boolean;
  /** Everything it ever published, the oldest first. Its document has the newest of them. */
  items: PublishedItem[];
  version: number;
}

/** A request that has come; times in milliseconds since 1970. */
export interface Visit {
  feed: PublishingFeed;
  begun: number;
  /** When its answer was sent, or its connection broken. */
  ended: number;
  /** 0 where the answer could not be sent. */
  status: number;
}

export interface PublishingWeb {
  feeds: PublishingFeed[];
  visits: Visit[];
  /** Publishes something in one feed after the other, in turn, until `stop`. */
  publish(): { stop(): void };
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
const DOCUMENT_ITEMS = 30;

/** One in so many is edited, one answer in so many is slow. */
const EDITED = 0.25;
const SLOW = 0.04;

/** @returns the title of an item, by which it is known again in the database. */
export const titleOf = ({ guid, revision }: PublishedItem) => `${guid} revision ${revision}`;

/** @returns the items that a feed's document has now. */
export const documentOf = (feed: PublishingFeed) => feed.items.slice(-DOCUMENT_ITEMS);

function publishIn(feed: PublishingFeed, random: () => number): void {
  const items = documentOf(feed);
  const edited = random() < EDITED ? items[Math.floor(random() * items.length)] : undefined;
  if (edited) edited.revision += 1;
  const guid = `${new URL(feed.url).pathname.slice(1)}-item-${feed.items.length}`;
  feed.items.push({ guid, revision: 0, date: new Date() });
  feed.version += 1;
}

function answer(feed: PublishingFeed, request: IncomingMessage, response: ServerResponse): void {
  const etag = `"${feed.version}"`;
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  const items = documentOf(feed).map((item) => ({ guid: item.guid, title: titleOf(item), date: item.date }));
  response.writeHead(200, { 'content-type': 'application/rss+xml', etag });
  response.end(writeRss(feed.url, items.reverse()));
}

/** Starts the web that the readers under test read: one server, whose addresses of loopback are hosts. */
export async function startPublishingWeb(options: PublishingOptions): Promise<PublishingWeb> {
  const { random } = options;
  const byUrl = new Map<string, PublishingFeed>();
  const visits: Visit[] = [];
  const server = createServer((request, response) => {
    const feed = byUrl.get(`http://${request.headers.host}${request.url}`);
    if (feed === undefined) {
      response.writeHead(404).end();
      return;
    }
    const visit = { feed, begun: Date.now(), ended: Number.POSITIVE_INFINITY, status: 0 };
    visits.push(visit);
    response.on('close', () => {
      visit.ended = Date.now();
      visit.status = response.writableFinished ? response.statusCode : 0;
    });
    const delay = random() < SLOW ? 1000 + random() * 3000 : 20 + random() * 200;
    setTimeout(() => answer(feed, request, response), delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  const feeds = Array.from({ length: options.feeds }, (_, index) => {
    const number = Math.floor(index / options.perHost);
    const host = `127.9.0.${number + 1}:${port}`;
    const url = `http://${host}/feed-${index}`;
    const feed: PublishingFeed = {
      url,
      host,
      wanted: number % options.wantedEvery === 0,
      items: [],
      version: 0,
    };
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
