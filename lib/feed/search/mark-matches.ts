import type { SearchQuery, SearchTerm } from './read-query';
import { pairSigns, splitWords } from './split-words';

/** A piece of a text, and whether it is what was searched for. */
export interface Segment {
  text: string;
  isMatch: boolean;
}

/** Characters that a snippet has before its first match, and in all. */
const LEAD = 60;
const LENGTH = 280;
/** How far into an article a match is looked for: it is shown, not proved. */
const SCANNED = 6000;
const MAX_LEXEME = 64;

/** Whether a word of a text is one that was searched for. */
type Matcher = (folded: string, isRun: boolean) => boolean;

function makeMatcher(terms: SearchTerm[]): Matcher {
  const words = new Set<string>();
  const beginnings: string[] = [];
  for (const { lexemes, isPrefix, isNegated } of terms) {
    if (isNegated) continue;
    for (const [index, lexeme] of lexemes.entries()) {
      if (isPrefix && index === lexemes.length - 1) beginnings.push(lexeme);
      else words.add(lexeme);
    }
  }
  return (folded) =>
    words.has(folded.slice(0, MAX_LEXEME)) || beginnings.some((one) => folded.startsWith(one));
}

interface Range {
  start: number;
  end: number;
}

/** Of a run without spaces, the signs that stand in a pair that was searched for. */
function* matchRun(text: string, start: number, end: number, matches: Matcher): Generator<Range> {
  const signs = [...text.slice(start, end)];
  let at = start;
  for (const [index, sign] of signs.entries()) {
    const next = signs[index + 1];
    const pair = next === undefined ? sign : `${sign}${next}`;
    const isMatch = pairSigns(pair).some((one) => matches(one, true));
    const length = sign.length + (next !== undefined && !matches(sign, true) ? next.length : 0);
    if (isMatch) yield { start: at, end: at + length };
    at += sign.length;
  }
}

function* findRanges(text: string, matches: Matcher): Generator<Range> {
  for (const { folded, start, end, isRun } of splitWords(text)) {
    if (isRun) yield* matchRun(text, start, end, matches);
    else if (matches(folded, false)) yield { start, end };
  }
}

function cut(text: string, ranges: Iterable<Range>): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (end <= at) continue;
    const last = segments.at(-1);
    if (start <= at && last?.isMatch) last.text += text.slice(at, end);
    else {
      if (start > at) segments.push({ text: text.slice(at, start), isMatch: false });
      segments.push({ text: text.slice(Math.max(at, start), end), isMatch: true });
    }
    at = end;
  }
  if (at < text.length) segments.push({ text: text.slice(at), isMatch: false });
  return segments;
}

/** @returns the whole text, in pieces: what was searched for is marked. They add up to the text. */
export function markMatches(text: string, query: SearchQuery): Segment[] {
  return cut(text, findRanges(text, makeMatcher(query.terms)));
}

/**
 * Cuts the part out of a text where what was searched for first stands.
 *
 * @returns null where it does not, in the first 6,000 characters.
 */
export function cutSnippet(text: string, query: SearchQuery): Segment[] | null {
  const matches = makeMatcher(query.terms);
  const scanned = text.slice(0, SCANNED);
  const first = findRanges(scanned, matches).next();
  if (first.done) return null;
  const space = first.value.start <= LEAD ? 0 : text.indexOf(' ', first.value.start - LEAD) + 1;
  const begin = Math.min(space, first.value.start);
  const rest = text.slice(begin, begin + LENGTH).replace(/[\ud800-\udbff]$/, '');
  const shown = `${begin > 0 ? '… ' : ''}${rest}${begin + LENGTH < text.length ? '…' : ''}`;
  return cut(shown, findRanges(shown, matches));
}
