import { XSS_ADDRESSES, XSS_PAYLOADS } from '../../test/fixtures/xss';

/** Payloads in one item: with more, those that swallow what follows would hide too much. */
const CHUNK = 24;
/** Ends whatever a payload may have left open, so that the next one stands where it is meant to. */
const RESET =
  '-->\'">]]></script></style></textarea></title></xmp></noscript></iframe></noembed></noframes></template></select></svg></math></table></form><hr>';
/** What cannot be ended by anything: last in its item. */
const ENDLESS = /<plaintext|<script>xss\(\d*\)\/\/$|<div><div>|<b><table><b>|<font><font>/;

/** XML 1.0 has no place for these characters: they end a document for a reader that is strict, and ours is not. */
const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** Each payload says which one it is when it runs. */
const numbered = XSS_PAYLOADS.map((payload, index) => payload.replaceAll('xss()', `xss(${index})`));

function chunkPayloads(): string[][] {
  const plain = numbered.filter((payload) => !ENDLESS.test(payload));
  const chunks: string[][] = [];
  for (let at = 0; at < plain.length; at += CHUNK) chunks.push(plain.slice(at, at + CHUNK));
  const endless = numbered.filter((payload) => ENDLESS.test(payload));
  return [...chunks, ...endless.map((payload) => [payload])];
}

const chunks = chunkPayloads();
const contents = chunks.map((chunk) => chunk.join(RESET));

const writeRss = (items: string[], head = '') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"><channel>${head}<description>d</description>${items.join('\n')}</channel></rss>`;
const writeAtom = (entries: string[]) =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Atom of payloads</title><id>urn:x</id>${entries.join('\n')}</feed>`;

/** Content in CDATA, and the same payloads as title, author and categories: the form most feeds have. */
export const rssFeed = writeRss(
  chunks.map((chunk, index) => {
    const line = escapeXml(chunk.join(' '));
    return `<item><guid isPermaLink="false">${index}</guid><title>${line}</title><dc:creator>${line}</dc:creator>${chunk
      .slice(0, 5)
      .map((payload) => `<category>${cdata(payload)}</category>`)
      .join('')}<content:encoded>${cdata(contents[index] ?? '')}</content:encoded></item>`;
  }),
  `<title>${escapeXml(numbered.slice(0, 12).join(' '))}</title>`,
);

/** Escaped HTML, and titles that are HTML escaped twice. */
export const atomFeed = writeAtom(
  chunks.map(
    (chunk, index) =>
      `<entry><id>urn:x:${index}</id><title type="html">${escapeXml(escapeXml(chunk.join(' ')))}</title><author><name>${cdata(chunk.join(' '))}</name></author><content type="html">${escapeXml(contents[index] ?? '')}</content></entry>`,
  ),
);

const TAG = /<(\/?)([a-z][\w:-]*)(?:\s+[\w:-]+=(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/gi;

/** Whether an XML parser would take a payload for the markup that it is. */
function isWellFormed(payload: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = '', empty] of payload.matchAll(TAG)) {
    if (slash && open.pop() !== name) return false;
    if (!slash && !empty) open.push(name);
  }
  return open.length === 0 && !/[<\0]|&(?!#?\w+;)/.test(payload.replace(TAG, ''));
}

const writeXhtmlEntry = (payloads: string[], index: number) =>
  `<entry><id>urn:y:${index}</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${payloads[0] ?? ''} title</div></title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${payloads.join('<hr/>')}</div></content></entry>`;
const wellFormed = numbered.filter(isWellFormed);

/** Payloads as markup of the document itself: first those that are XML, then whatever reading as XML makes of the rest. */
export const xhtmlFeed = writeAtom(
  [
    wellFormed.filter((_, index) => index % 2 === 0),
    wellFormed.filter((_, index) => index % 2 === 1),
    ...chunks,
  ].map(writeXhtmlEntry),
);

/** No XML in between. */
export const jsonFeed = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: `JSON ${numbered[0]}`,
  items: contents.slice(0, 4).map((content, index) => ({
    id: String(index),
    title: chunks[index]?.[0],
    authors: [{ name: chunks[index]?.[1] }],
    content_html: content,
  })),
});

/** Addresses that run, wherever an item has an address. */
export const linkFeed = writeRss(
  XSS_ADDRESSES.map((address, index) => {
    const url = escapeXml(address.replaceAll('xss()', `xss(${5000 + index})`));
    const files = ['audio/mpeg', 'video/mp4', 'image/png', 'text/html']
      .map((type) => `<enclosure url="${url}" type="${type}" length="5"/>`)
      .join('');
    return `<item><title>link ${index}</title><link>${url}</link><guid isPermaLink="true">${url}</guid><comments>${url}</comments>${files}<media:content url="${url}#${index}" medium="image"/><media:thumbnail url="${url}"/><itunes:image href="${url}"/><atom:link rel="enclosure" href="${url}"/><atom:link rel="replies" href="${url}"/><description xml:base="${url}">&lt;p&gt;&lt;a href="x"&gt;relative&lt;/a&gt; &lt;a href="${escapeXml(url)}"&gt;itself&lt;/a&gt; &lt;img src="${escapeXml(url)}"&gt;&lt;/p&gt;</description></item>`;
  }),
  `<title>Links of payloads</title><link>javascript:xss(5100)</link><image><url>javascript:xss(5101)</url></image><atom:icon>data:text/html,x</atom:icon>`,
);
