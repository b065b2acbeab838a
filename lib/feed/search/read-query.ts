import { pairSigns, splitWords } from './split-words';
import { quoteLexeme, TITLE_MARK } from './write-vector';

/** Terms that are looked for at the same time; more are left out. */
const MAX_TERMS = 16;
/** Words of a phrase. */
const MAX_PHRASE = 16;
const MAX_LENGTH = 64;

/** Words that stand beside each other. */
export interface SearchTerm {
  lexemes: string[];
  /** Whether the last one may go on. */
  isPrefix: boolean;
  isNegated: boolean;
  /** Whether it may be there instead of the one before. */
  isAlternative: boolean;
}

export interface SearchQuery {
  terms: SearchTerm[];
  /** As the text of a tsquery. */
  anywhere: string;
  /** What a title has that is all about it: the words that are wanted. */
  inTitle: string;
  /** Whether there are words only: then an item that has them in its title is a match. */
  isPlain: boolean;
  /** Whether there is a beginning of words in it: an index reads all that begin so, wherever they are. */
  hasPrefix: boolean;
  /** Whether words have to stand beside each other: no index knows that, each item is looked at. */
  hasPhrase: boolean;
}

const TERM = /(-?)"([^"]*)(?:"|$)|(-?)(\S+)/g;

function toTerm(text: string, isNegated: boolean, isAlternative: boolean): SearchTerm | null {
  const lexemes: string[] = [];
  let isPrefix = /[\p{L}\p{N}\p{M}]\*$/u.test(text);
  for (const { folded, isRun } of splitWords(text)) {
    if (lexemes.length >= MAX_PHRASE) break;
    const parts = isRun ? pairSigns(folded) : [folded.slice(0, MAX_LENGTH)];
    // The beginning of a pair.
    if (isRun && [...folded].length === 1) isPrefix = true;
    lexemes.push(...parts);
  }
  const bounded = lexemes.slice(0, MAX_PHRASE);
  return bounded.length === 0 ? null : { lexemes: bounded, isPrefix, isNegated, isAlternative };
}

function readTerms(text: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  let isAlternative = false;
  for (const [, minus, phrase, sign, word] of text.matchAll(TERM)) {
    if (terms.length >= MAX_TERMS) break;
    if (/^or$/i.test(word ?? '') && sign === '') {
      isAlternative = terms.length > 0;
      continue;
    }
    const term = toTerm(phrase ?? word ?? '', (minus ?? sign) === '-', isAlternative);
    isAlternative = false;
    if (term !== null) terms.push(term);
  }
  return terms;
}

function writeTerm({ lexemes, isPrefix, isNegated }: SearchTerm, mark: string): string {
  const last = lexemes.length - 1;
  const parts = lexemes.map(
    (lexeme, index) => quoteLexeme(mark + lexeme) + (isPrefix && index === last ? ':*' : ''),
  );
  // Marked lexemes have no places: words of a title are asked for in any order.
  const text = parts.join(mark === '' ? ' <-> ' : ' & ');
  return isNegated ? `!(${text})` : parts.length === 1 ? text : `(${text})`;
}

/** As in web search, "or" binds its neighbours only. */
function joinTerms(terms: SearchTerm[], mark: string): string {
  const groups: string[][] = [];
  for (const term of terms) {
    const last = groups.at(-1);
    const written = writeTerm(term, mark);
    if (term.isAlternative && last !== undefined) last.push(written);
    else groups.push([written]);
  }
  return groups.map((group) => (group.length === 1 ? group[0] : `(${group.join(' | ')})`)).join(' & ');
}

/**
 * Reads what somebody searches for: words, "phrases", -not, this or that, begin*; in any script.
 *
 * @returns null where there is nothing to look for: no word at all, or only such as must not be there.
 */
export function readQuery(text: string): SearchQuery | null {
  const terms = readTerms(text);
  const wanted = terms.filter(({ isNegated }) => !isNegated);
  if (wanted.length === 0) return null;
  return {
    terms,
    anywhere: joinTerms(terms, ''),
    inTitle: joinTerms(wanted, TITLE_MARK),
    isPlain: terms.every(({ isNegated, lexemes }) => !isNegated && lexemes.length === 1),
    hasPrefix: terms.some(({ isPrefix }) => isPrefix),
    hasPhrase: terms.some(({ lexemes }) => lexemes.length > 1),
  };
}
