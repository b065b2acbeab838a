import { ATTRIBUTES, GLOBAL_ATTRIBUTES, PLAYER_HOSTS } from './allow-list';
import { cleanImage, cleanLink, cleanResource, cleanSrcset } from './clean-url';
import { keepId, linkWithin, type Notes } from './notes';
import { isTrackingPixel } from './trackers';

type Attributes = Record<string, string>;

/** Attributes in which publishers hide the real address of a picture until a script shows it. */
const LAZY = ['data-src', 'data-lazy-src', 'data-original', 'data-orig-file', 'data-actualsrc'];
const LINK_ATTRIBUTES = ['hreflang', ...GLOBAL_ATTRIBUTES];
const PICTURE_ATTRIBUTES = ['alt', 'width', 'height', ...GLOBAL_ATTRIBUTES];
const NONE: Attributes = Object.freeze({});

/**
 * The attributes that an element keeps, in a fixed order, with checked and absolute addresses and with those added
 * that every link, picture and player gets.
 * @param base address that relative references are resolved against
 * @param notes places in the text that links in it lead to
 * @returns null when the element is not to be shown at all
 */
export function cleanAttributes(
  name: string,
  given: Attributes,
  base: string,
  notes: Notes,
): Attributes | null {
  const kept = cleanByName(name, given, base, notes);
  if (kept === null || notes.size === 0) return kept;
  const id = keepId(given.id, notes) ?? (name === 'a' ? keepId(given.name, notes) : null);
  return id === null ? kept : { id, ...kept };
}

function cleanByName(name: string, given: Attributes, base: string, notes: Notes): Attributes | null {
  switch (name) {
    case 'a':
      return cleanAnchor(given, base, notes);
    case 'img':
      return cleanPicture(given, base);
    case 'iframe':
      return cleanPlayer(given, base);
    case 'video':
    case 'audio':
      return cleanMedia(name, given, base);
    case 'source':
      return cleanSource(given, base);
    case 'pre':
      // Wide code scrolls by itself, which the keyboard can only do to what it can reach (WCAG 2.1.1).
      return { ...cleanOther(name, given, base), tabindex: '0' };
    default:
      return cleanOther(name, given, base);
  }
}

/** Copies attributes that need no check but their form. */
function copyPlain(given: Attributes, names: readonly string[], kept: Attributes): void {
  for (const name of names) {
    const value = given[name];
    if (value === undefined) continue;
    if (name === 'width' || name === 'height') {
      const pixels = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(value)?.[1];
      if (pixels) kept[name] = pixels;
    } else if (name === 'dir') {
      if (/^(?:ltr|rtl|auto)$/i.test(value)) kept.dir = value.toLowerCase();
    } else if (value !== '' || name === 'alt') kept[name] = value;
  }
}

function cleanOther(name: string, given: Attributes, base: string): Attributes {
  const allowed = ATTRIBUTES.get(name);
  let kept: Attributes | null = null;
  for (const key in given) {
    if (!GLOBAL_ATTRIBUTES.includes(key) && !allowed?.includes(key)) continue;
    kept ??= {};
    if (key === 'cite') {
      const cite = cleanLink(given.cite ?? '', base);
      if (cite) kept.cite = cite;
    } else if (/^(?:open|reversed)$/.test(key)) kept[key] = '';
    else copyPlain(given, [key], kept);
  }
  return kept ?? NONE;
}

function cleanAnchor(given: Attributes, base: string, notes: Notes): Attributes {
  const kept: Attributes = {};
  const { href: source } = given;
  const within = source === undefined ? null : linkWithin(source, base, notes);
  const href = source === undefined || within !== null ? null : cleanLink(source, base);
  if (within !== null) kept.href = within;
  else if (href) {
    kept.href = href;
    kept.rel = 'noopener noreferrer';
    kept.target = '_blank';
  }
  copyPlain(given, LINK_ATTRIBUTES, kept);
  return kept;
}

function cleanPicture(given: Attributes, base: string): Attributes | null {
  const isPlaceholder = given.src === undefined || given.src === '' || /^\s*data:/i.test(given.src);
  const lazy = isPlaceholder ? LAZY.map((name) => given[name]).find((value) => value) : undefined;
  const src = (lazy ? cleanImage(lazy, base) : null) ?? cleanImage(given.src ?? '', base);
  const srcset = cleanSrcset(given.srcset ?? given['data-srcset'] ?? '', base);
  if (src ? isTrackingPixel(src, given.width, given.height) : !srcset) return null;
  const kept: Attributes = {};
  if (src) kept.src = src;
  if (srcset) {
    kept.srcset = srcset;
    copyPlain(given, ['sizes'], kept);
  }
  copyPlain(given, PICTURE_ATTRIBUTES, kept);
  kept.loading = 'lazy';
  kept.decoding = 'async';
  kept.referrerpolicy = 'no-referrer';
  return kept;
}

function cleanPlayer(given: Attributes, base: string): Attributes | null {
  const src = cleanResource(given.src || given['data-src'] || '', base);
  if (!src) return null;
  const url = new URL(src);
  if (!PLAYER_HOSTS.has(url.hostname)) return null;
  url.protocol = 'https:';
  url.searchParams.delete('autoplay');
  const kept: Attributes = { src: url.href };
  copyPlain(given, ['width', 'height', 'title'], kept);
  return Object.assign(kept, {
    allow: 'fullscreen; encrypted-media; picture-in-picture',
    allowfullscreen: '',
    sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation',
    loading: 'lazy',
    // Players refuse to play for a page that does not say which site it is of.
    referrerpolicy: 'strict-origin-when-cross-origin',
  });
}

function cleanMedia(name: string, given: Attributes, base: string): Attributes {
  const kept: Attributes = {};
  const src = cleanResource(given.src ?? '', base);
  if (src) kept.src = src;
  const poster = name === 'video' ? cleanImage(given.poster ?? '', base) : null;
  if (poster) kept.poster = poster;
  copyPlain(given, name === 'video' ? ['width', 'height', 'title'] : ['title'], kept);
  for (const flag of ['loop', 'muted', 'playsinline']) {
    if (given[flag] !== undefined && ATTRIBUTES.get(name)?.includes(flag)) kept[flag] = '';
  }
  return Object.assign(kept, { controls: '', preload: 'none' });
}

function cleanSource(given: Attributes, base: string): Attributes | null {
  const kept: Attributes = {};
  const src = cleanResource(given.src ?? '', base);
  const srcset = cleanSrcset(given.srcset ?? '', base);
  if (!src && !srcset) return null;
  if (src) kept.src = src;
  if (srcset) kept.srcset = srcset;
  copyPlain(given, ['sizes', 'media', 'type'], kept);
  return kept;
}
