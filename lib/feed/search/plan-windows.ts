import { BLOCK_DAYS, blockLexeme, dayLexeme, quoteLexeme, toDay } from './write-vector';

/** A stretch of time that is searched by itself. */
export interface SearchWindow {
  /** Lexemes of which each item in it has one, as the text of a tsquery; null for all that is older. */
  lexemes: string | null;
  /** Where it begins; null: at the beginning. It ends where the one before it began. */
  since: Date | null;
}

/**
 * Days, then blocks of days: each window is one to four times as long as those before it. A longer one would be looked at
 * whole for the last few rows of a page: by 4,400 vectors for 23 of four equal signs.
 */
const FIRST_DAYS = 2;
const MORE_DAYS = 9;
const FIRST_BLOCKS = 3;
const NEXT_BLOCKS = 4;
const MORE_BLOCKS = 12;

const DAY_MS = 86_400_000;
const dayStart = (day: number) => new Date(day * DAY_MS);

const anyOf = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => quoteLexeme(write(index))).join(' | ');

/**
 * Divides time into windows, from a moment backwards. A page of what matches a common word is found in the first, by an
 * index that knows which items are that recent; one of a rare word costs a few look-ups more.
 */
export function planWindows(from: Date): SearchWindow[] {
  const today = toDay(from);
  const week = today - FIRST_DAYS;
  const block = Math.floor((week - MORE_DAYS) / BLOCK_DAYS);
  const next = block - FIRST_BLOCKS;
  const old = next - NEXT_BLOCKS;
  const blocks = (newest: number, count: number) =>
    anyOf(count, (index) => blockLexeme((newest - index) * BLOCK_DAYS));
  return [
    { lexemes: anyOf(FIRST_DAYS, (index) => dayLexeme(today - index)), since: dayStart(week + 1) },
    { lexemes: anyOf(MORE_DAYS, (index) => dayLexeme(week - index)), since: dayStart(week - MORE_DAYS + 1) },
    { lexemes: blocks(block, FIRST_BLOCKS), since: dayStart((next + 1) * BLOCK_DAYS) },
    { lexemes: blocks(next, NEXT_BLOCKS), since: dayStart((old + 1) * BLOCK_DAYS) },
    { lexemes: blocks(old, MORE_BLOCKS), since: dayStart((old - MORE_BLOCKS + 1) * BLOCK_DAYS) },
    { lexemes: null, since: null },
  ];
}
