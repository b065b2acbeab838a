import { generateOpml } from 'feedsmith';
import { bareAddress } from './bare-address';

/** A subscription as a list carries it to another reader. */
export interface ExportedFeed {
  url: string;
  /** Null where neither the feed nor the reader has named it. */
  title: string | null;
  siteUrl: string | null;
  folder: string | null;
}

const TITLE = 'Subscriptions in Tidings';
/** XML 1.0 has no place for these, not even escaped. */
const NOT_XML = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const clean = (text: string) => text.replace(NOT_XML, '');

/** What has no name has no title: readers show a text, which therefore is its address. */
function toOutline({ url, title, siteUrl }: ExportedFeed) {
  const text = clean(title ?? bareAddress(url));
  return {
    type: 'rss',
    text,
    ...(title !== null && { title: text }),
    xmlUrl: clean(url),
    ...(siteUrl && { htmlUrl: clean(siteUrl) }),
  };
}

/** The library refuses a list without outlines, but who follows nothing may take that along, too. */
const writeEmpty = (now: Date) => `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head>
    <title>${TITLE}</title>
    <dateCreated>${now.toUTCString()}</dateCreated>
  </head>
  <body/>
</opml>
`;

/**
 * Writes subscriptions as OPML 2.0: first those of no folder, then each folder with its own, in the order given.
 *
 * @param folders names of all folders, those without feeds too.
 * @param now goes into the document's head.
 */
export function writeOpml(feeds: readonly ExportedFeed[], folders: readonly string[], now: Date): string {
  const inside = (folder: string | null) => feeds.filter((feed) => feed.folder === folder).map(toOutline);
  const outlines = [
    ...inside(null),
    ...folders.map((name) => ({ text: clean(name), title: clean(name), outlines: inside(name) })),
  ];
  if (outlines.length === 0) return writeEmpty(now);
  return generateOpml({ head: { title: TITLE, dateCreated: now }, body: { outlines } });
}
