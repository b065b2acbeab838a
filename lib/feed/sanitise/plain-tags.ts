/** An element that ordinary articles are made of. */
export interface PlainTag {
  name: string;
  /** Has no content and no closing tag. */
  isVoid: boolean;
  /** Its tag is copied as it stands when it has no attributes. */
  isCopied: boolean;
  /** Elements that htmlparser2 closes it before, when they open inside: there the fast lane gives up. */
  closedBy: Set<PlainTag> | null;
}

/** Names of the elements of ordinary articles; anything else is sanitize-html's to judge. */
export const PLAIN_NAMES =
  'a abbr article b blockquote br caption center cite code dd del dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(
    ' ',
  );
const VOID = new Set(['br', 'hr', 'img', 'wbr']);
const HEADINGS = 'h1 h2 h3 h4 h5 h6';
const CLOSED_BY: Readonly<Record<string, string>> = {
  p: `p ${HEADINGS} article blockquote center div dl figcaption figure hr ol pre section table ul`,
  li: 'li',
  a: 'a',
  dd: 'dd dt',
  dt: 'dd dt',
  tr: 'tr',
  td: 'tr td th',
  th: 'tr td th',
  thead: 'td tbody tfoot',
  tbody: 'tbody tfoot',
  h1: HEADINGS,
  h2: HEADINGS,
  h3: HEADINGS,
  h4: HEADINGS,
  h5: HEADINGS,
  h6: HEADINGS,
};

/**
 * Tags are found by a number made of their letters, which costs less than cutting each name out. Size and factor were
 * chosen so that no two of the names share a place.
 */
const SIZE = 512;
const FACTOR = 79;
const TABLE: (PlainTag | undefined)[] = new Array(SIZE).fill(undefined);

function placeOf(name: string): number {
  let place = 0;
  for (let index = 0; index < name.length; index += 1) place = (place * FACTOR + name.charCodeAt(index)) | 0;
  return place & (SIZE - 1);
}

for (const name of PLAIN_NAMES) {
  const isVoid = VOID.has(name);
  TABLE[placeOf(name)] = { name, isVoid, isCopied: !isVoid && name !== 'pre', closedBy: null };
}
for (const [name, closers] of Object.entries(CLOSED_BY)) {
  const tag = TABLE[placeOf(name)];
  if (tag) tag.closedBy = new Set(closers.split(' ').flatMap((closer) => TABLE[placeOf(closer)] ?? []));
}

/** The plain element whose name starts at `start`, in lower case; null for any other. */
export function findPlainTag(html: string, start: number): PlainTag | null {
  let place = 0;
  let end = start;
  for (; ; end += 1) {
    const code = html.charCodeAt(end);
    // Letters and digits; NaN, behind the end, is neither.
    if (!((code >= 97 && code <= 122) || (code >= 48 && code <= 57))) break;
    place = (place * FACTOR + code) | 0;
  }
  const tag = TABLE[place & (SIZE - 1)];
  return tag && tag.name.length === end - start && html.startsWith(tag.name, start) ? tag : null;
}
