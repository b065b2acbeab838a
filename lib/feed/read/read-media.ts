import { resolveUrl } from '../html/resolve-url';
import type { Enclosure } from '../types';
import { findChild, isElement, readChildText, readText, type XmlElement } from '../xml/xml-node';
import type { Link } from './read-links';
import { baseOf, type Source } from './source';

/** Files and pictures of an item. */
export interface Media {
  enclosures: Enclosure[];
  thumbnail: string | null;
}

/** Elements that point at a file, and the attribute that does. */
const FILES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'enc:enclosure': ['rdf:resource', 'url'],
    enclosure: ['url', 'href', 'src', 'rdf:resource', 'enc:url'],
    'media:content': ['url', 'src'],
    'media:peerlink': ['href'],
    'podcast:transcript': ['url'],
    'podcast:chapters': ['url'],
    'podcast:source': ['uri'],
  }),
);
const PICTURES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'media:thumbnail': ['url'],
    'itunes:image': ['href', 'url'],
    'googleplay:image': ['href'],
    'webfeeds:cover': ['image'],
    'podcast:image': ['href'],
    'media:image': ['url'],
  }),
);
/** Elements that only group others. */
const GROUPS = new Set(['media:group', 'podcast:alternateenclosure']);
const PURPOSES: ReadonlyMap<string, 'transcript' | 'chapters'> = new Map(
  Object.entries({
    'podcast:transcript': 'transcript',
    'podcast:chapters': 'chapters',
  }),
);

/** Enclosures, Media RSS, iTunes and podcast files of an item; each address once, with what is known of it anywhere. */
export function readMedia(item: XmlElement, links: readonly Link[], source: Source): Media {
  const files = new Map<string, Enclosure>();
  const pictures: string[] = [];
  collect(item, source, files, pictures);
  for (const link of links) {
    if (link.rel.split(/\s+/).includes('enclosure')) {
      addFile(files, { url: link.url, type: link.type, length: parseLength(link.length) });
    }
  }
  const content = findChild(item, 'content');
  if (content?.attributes.src) {
    const url = resolveUrl(content.attributes.src, baseOf(content, source));
    if (url && !/^text\/html/.test(content.attributes.type ?? '')) {
      addFile(files, { url, type: content.attributes.type ?? null, length: null });
    }
  }
  addDuration(files, item);
  for (const url of pictures) addFile(files, { url, type: null, length: null, rel: 'thumbnail' });
  return {
    enclosures: [...files.values()],
    thumbnail: pictures[0] ?? findPicture(files) ?? readImage(item, source),
  };
}

/** `itunes:duration` is that of the first file that has one. */
function addDuration(files: Map<string, Enclosure>, item: XmlElement): void {
  for (const file of files.values()) {
    if (file.type !== null && !/^(?:audio|video)\//.test(file.type)) continue;
    const duration = file.duration === undefined ? parseDuration(item) : null;
    if (duration !== null) file.duration = duration;
    return;
  }
}

function collect(
  parent: XmlElement,
  source: Source,
  files: Map<string, Enclosure>,
  pictures: string[],
): void {
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    const fileAttributes = FILES.get(child.name);
    const url = readAddress(child, fileAttributes ?? PICTURES.get(child.name), source);
    if (url && fileAttributes) addFile(files, describeFile(child, url, parent));
    else if (url) pictures.push(url);
    if (GROUPS.has(child.name) || child.name === 'media:content') collect(child, source, files, pictures);
  }
}

function readAddress(
  element: XmlElement,
  attributes: readonly string[] | undefined,
  source: Source,
): string | null {
  for (const name of attributes ?? []) {
    const value = element.attributes[name]?.trim();
    if (value) return resolveUrl(value, baseOf(element, source));
  }
  return null;
}

function describeFile(element: XmlElement, url: string, parent: XmlElement): Enclosure {
  const { medium, filesize, duration } = element.attributes;
  const type = element.attributes.type ?? element.attributes['enc:type'];
  const length = element.attributes.length ?? element.attributes['enc:length'];
  const inherited = parent.name === 'podcast:alternateenclosure' ? parent.attributes : null;
  const file: Enclosure = {
    url,
    type:
      type?.trim() ||
      inherited?.type ||
      (medium && /^(?:image|audio|video)$/.test(medium) ? `${medium}/*` : null),
    length: parseLength(length ?? filesize ?? inherited?.length ?? null),
  };
  const seconds = duration ? Number(duration) : Number.NaN;
  if (Number.isFinite(seconds)) file.duration = seconds;
  const rel = PURPOSES.get(element.name);
  if (rel) file.rel = rel;
  return file;
}

function addFile(files: Map<string, Enclosure>, file: Enclosure): void {
  const known = files.get(file.url);
  if (!known) files.set(file.url, file);
  else
    files.set(file.url, {
      ...file,
      ...known,
      type: known.type ?? file.type,
      length: known.length ?? file.length,
    });
}

/** Bytes; feeds write `1,234`, `12 MB` and worse, of which only plain numbers are believed. */
function parseLength(value: string | null): number | null {
  const digits = (value ?? '').trim().replace(/,(?=\d{3})/g, '');
  return /^\d{1,15}(?:\.\d+)?$/.test(digits) ? Math.round(Number(digits)) : null;
}

/** Seconds of `itunes:duration`: `HH:MM:SS`, `MM:SS` or a number. */
function parseDuration(item: XmlElement): number | null {
  const element = findChild(item, 'itunes:duration');
  const text = typeof element?.children[0] === 'string' ? element.children[0].trim() : '';
  if (!/^\d{1,6}(?::\d{1,2}){0,2}(?:\.\d+)?$/.test(text)) return null;
  return Math.round(text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0));
}

/** `<image>` as channels have it, or with nothing but an address in it; Google's shops say `g:image_link`. */
function readImage(item: XmlElement, source: Source): string | null {
  for (const name of ['image', 'g:image_link', 'image:item']) {
    const image = findChild(item, name);
    const url =
      image && (readChildText(image, ['url']) ?? image.attributes['rdf:about'] ?? readText(image).trim());
    if (url && /^(?:https?:|\/|[^\s<>]+\.(?:jpe?g|png|gif|webp|avif)$)/i.test(url))
      return resolveUrl(url, baseOf(image, source));
  }
  return null;
}

function findPicture(files: Map<string, Enclosure>): string | null {
  for (const { url, type } of files.values()) if (type?.startsWith('image/')) return url;
  return null;
}
