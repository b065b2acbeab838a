import { isElement, type XmlElement } from '../xml/xml-node';
import { bareAddress } from './bare-address';
import type { ListedFeed } from './types';

const OUTLINE = /(?:^|[^a-z])outline$/;
/** Types of outlines that are feeds even where their address is missing. */
const FEED_TYPE = /^(?:rss|atom|feed|rdf)/i;
/** `include` leads to another list, which is not fetched. */
const NO_FEED_TYPE = /^include$/i;
const MAX_NAME = 200;
const MAX_ADDRESS = 4096;

interface Found {
  feeds: ListedFeed[];
  /** In order of appearance. */
  folders: Set<string>;
  limit: number;
}

/** @returns the text as one line of bounded length; null where nothing is left of it. */
function toName(text: string | undefined): string | null {
  const line = text?.slice(0, 10 * MAX_NAME).replace(/\s+/g, ' ');
  return line?.trim().slice(0, MAX_NAME).trim() || null;
}

function toAddress(text: string | undefined): string {
  return text?.trim().slice(0, MAX_ADDRESS) ?? '';
}

/**
 * @returns the name of a feed; null where it is only its address, which readers write for feeds that have no name yet. Where
 * both attributes say it without its scheme, somebody has chosen it.
 */
function nameFeed(name: string | null, address: string, title: string | undefined): string | null {
  if (name === toName(address)) return null;
  const isBare = name !== null && bareAddress(name) === bareAddress(toName(bareAddress(address)) ?? '');
  return isBare && toName(title) === null ? null : name;
}

/** The name of a folder in another: nested ones become one, whose length is bounded as it grows. */
function joinNames(outer: string | null, name: string): string | null {
  return outer === null ? name : toName(`${outer} / ${name}`);
}

const hasOutlines = (element: XmlElement) =>
  element.children.some((child) => isElement(child) && OUTLINE.test(child.name));

function readOutline(outline: XmlElement, folder: string | null, found: Found): void {
  const { xmlurl, url, htmlurl, text, title, type = '', iscomment } = outline.attributes;
  if (iscomment === 'true' || NO_FEED_TYPE.test(type)) return;
  const name = toName(text) ?? toName(title);
  const isParent = hasOutlines(outline);
  // Some write `url`; an outline that has only a site leads to the feed that the site offers.
  const address = toAddress(xmlurl) || toAddress(url) || (isParent ? '' : toAddress(htmlurl));
  if (address !== '' || (!isParent && FEED_TYPE.test(type))) {
    const siteUrl = toAddress(htmlurl) || null;
    if (folder !== null) found.folders.add(folder);
    found.feeds.push({ address, title: nameFeed(name, address, title), siteUrl, folder });
    readInside(outline, folder, found);
    return;
  }
  const inner = name === null ? folder : joinNames(folder, name);
  // A folder that only holds folders is part of their names.
  if (name !== null && inner !== null && !isParent) found.folders.add(inner);
  readInside(outline, inner, found);
}

function readInside(element: XmlElement, folder: string | null, found: Found): void {
  for (const child of element.children) {
    if (found.feeds.length >= found.limit) return;
    if (!isElement(child)) continue;
    if (OUTLINE.test(child.name)) readOutline(child, folder, found);
    else readInside(child, folder, found);
  }
}

/**
 * Finds the feeds of an OPML document, wherever its outlines stand. The depth of the tree is bounded, so this may
 * recurse.
 *
 * @param limit at most so many feeds.
 */
export function readOutlines(
  document: XmlElement,
  limit: number,
): { feeds: ListedFeed[]; folders: string[] } {
  const found: Found = { feeds: [], folders: new Set(), limit };
  readInside(document, null, found);
  return { feeds: found.feeds, folders: [...found.folders] };
}
