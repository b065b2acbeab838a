import { extractText } from '../make-excerpt';
import { pairSigns, splitWords } from './split-words';

/** What is found of an item. */
export interface SearchedItem {
  title: string;
  author: string | null;
  /** Sanitised. */
  html: string;
  /** The text of its own page, sanitised, where that is there. */
  fullHtml?: string | null;
  feedId: number;
  sortAt: Date;
}

/** Words of an item that can be found: PostgreSQL keeps positions up to 16,383. */
const MAX_WORDS = 12_000;
/** Text of an article that is looked at. */
const MAX_TEXT = 100_000;
/** Places of one word that are kept: for phrases, and for how much it matters. */
const MAX_PLACES = 32;
/** Longer words are no words; what they begin with can be found. */
const MAX_LENGTH = 64;
/** PostgreSQL takes a megabyte of words and places; folded, a text may be many times as long as it was. */
const MAX_BYTES = 800_000;
/** UTF-8 takes no more for a character of JavaScript. */
const BYTES_A_CHARACTER = 3;

const DAY_MS = 86_400_000;
/** Days of a block: `search-items` looks at recent days first, then at blocks. */
export const BLOCK_DAYS = 32;

/** What marks an item's own lexemes, which no word of a text can be. */
export const TITLE_MARK = '^';
export const toDay = (at: Date) => Math.floor(at.getTime() / DAY_MS);
export const dayLexeme = (day: number) => `#d${day}`;
export const blockLexeme = (day: number) => `#b${Math.floor(day / BLOCK_DAYS)}`;
export const feedLexeme = (feedId: number) => `#f${feedId}`;

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * What says that two words stand beside each other: the index knows of each word where it is, but not beside which. One
 * of 262,144, as short as it may be: other neighbours have the same one, but seldom in an item that has both words.
 */
export function neighbourLexeme(first: string, second: string): string {
  let hash = 0x811c9dc5;
  const text = `${first} ${second}`;
  // FNV-1a.
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  const digit = (shift: number) => DIGITS[(hash >>> shift) & 63] ?? '';
  return `~${digit(12)}${digit(18)}${digit(24)}`;
}

/** The lexeme as the text of a tsvector or tsquery has it. */
export const quoteLexeme = (lexeme: string) => `'${lexeme.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;

class VectorWriter {
  readonly #places = new Map<string, string[]>();
  #place = 0;
  #bytes = 0;

  get #isFull(): boolean {
    return this.#place >= MAX_WORDS || this.#bytes >= MAX_BYTES;
  }

  add(lexeme: string, weight: string): void {
    const places = this.mark(lexeme);
    if (places.length < MAX_PLACES) places.push(`${this.#place}${weight}`);
  }

  mark(lexeme: string): string[] {
    const known = this.#places.get(lexeme);
    if (known !== undefined) return known;
    const places: string[] = [];
    this.#places.set(lexeme, places);
    this.#bytes += lexeme.length * BYTES_A_CHARACTER;
    return places;
  }

  write(text: string, weight: string, isTitle = false): void {
    // No phrase goes on from one field into the next.
    this.#place += 1;
    let before: string | null = null;
    for (const { folded, isRun } of splitWords(text)) {
      const parts = isRun ? pairSigns(folded) : [folded.slice(0, MAX_LENGTH)];
      for (const part of parts) {
        if (this.#isFull) return;
        this.#place += 1;
        this.add(part, weight);
        if (isTitle) this.mark(TITLE_MARK + part);
        if (before !== null) this.mark(neighbourLexeme(before, part));
        before = part;
      }
      // A single sign is searched for as the beginning of a pair: the last one begins none.
      const last = isRun && parts.length > 0 ? [...folded].at(-1) : undefined;
      if (last !== undefined) this.mark(last);
    }
  }

  toString(): string {
    const lexemes: string[] = [];
    for (const [lexeme, places] of this.#places) {
      lexemes.push(places.length === 0 ? quoteLexeme(lexeme) : `${quoteLexeme(lexeme)}:${places.join()}`);
    }
    return lexemes.join(' ');
  }
}

/**
 * Writes what an item is found by, as the text of a tsvector: its words, folded, with their places and weights (title A,
 * author B, texts D); those of the title once more by themselves; which of them are neighbours; and lexemes for its feed,
 * its day and its block of days, so that the index itself knows what is recent and whose it is.
 */
export function writeVector({ title, author, html, fullHtml = null, feedId, sortAt }: SearchedItem): string {
  const vector = new VectorWriter();
  const day = toDay(sortAt);
  for (const lexeme of [feedLexeme(feedId), dayLexeme(day), blockLexeme(day)]) vector.mark(lexeme);
  vector.write(title, 'A', true);
  if (author !== null) vector.write(author, 'B');
  const text = extractText(html, MAX_TEXT);
  vector.write(text, '');
  if (fullHtml !== null) vector.write(extractText(fullHtml, MAX_TEXT - text.length), '');
  return vector.toString();
}
