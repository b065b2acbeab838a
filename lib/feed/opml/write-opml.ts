import { generateOpml } from 'feedsmith';

/** A subscription as a list carries it to another reader. */
export interface ExportedFeed {
  url: string;
  title: string;
  siteUrl: string | null;
  folder: string | null;
}

/** XML 1.0 has no place for these, not even escaped. */
const NOT_XML = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const clean = (text: string) => text.replace(NOT_XML, '');

function toOutline({ url, title, siteUrl }: ExportedFeed) {
  const text = clean(title);
  return { type: 'rss', text, title: text, xmlUrl: clean(url), ...(siteUrl && { htmlUrl: clean(siteUrl) }) };
}

/**
 * Writes subscriptions as OPML 2.0: first those of no folder, then each folder with its own, in the order given.
 *
 * @param folders names of all folders, those without feeds too.
 * @param now goes into the document's head.
 */
export function writeOpml(feeds: readonly ExportedFeed[], folders: readonly string[], now: Date): string {
  const inside = (folder: string | null) => feeds.filter((feed) => feed.folder === folder).map(toOutline);
  return generateOpml({
    head: { title: 'Subscriptions in Tidings', dateCreated: now },
    body: {
      outlines: [
        ...inside(null),
        ...folders.map((name) => ({ text: clean(name), title: clean(name), outlines: inside(name) })),
      ],
    },
  });
}
