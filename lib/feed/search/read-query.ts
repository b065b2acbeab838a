import { pairSigns, splitWords } from './split-words';
import { neighbourLexeme, quoteLexeme, TITLE_MARK } from './write-vector';

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
  /** The same for the index, which is told, too, that words are neighbours: of where they stand it knows nothing. */
  indexed: string;
  /** What a title has that is all about it: the words that are wanted. */
  inTitle: string;
  /** Whether there are words only: then an item that has them in its title is a match. */
  isPlain: boolean;
  /** Whether there is a beginning of words in it: an index reads all that begin so, wherever they are. */
  hasPrefix: boolean;
  /** Whether words have to stand beside each other: each item that may be one is looked at. */
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

/** Where a term's words have to be: anywhere in an item, the same for the index, or in its title. */
type Target = 'anywhere' | 'indexed' | 'title';

/** @returns what an item has that has these words beside each other. */
function listNeighbours({ lexemes, isPrefix }: SearchTerm): string[] {
  const whole = isPrefix ? lexemes.slice(0, -1) : lexemes;
  return whole.slice(1).map((lexeme, index) => quoteLexeme(neighbourLexeme(whole[index] ?? '', lexeme)));
}

function writeTerm(term: SearchTerm, target: Target): string {
  const { lexemes, isPrefix, isNegated } = term;
  const mark = target === 'title' ? TITLE_MARK : '';
  const last = lexemes.length - 1;
  const parts = lexemes.map(
    (lexeme, index) => quoteLexeme(mark + lexeme) + (isPrefix && index === last ? ':*' : ''),
  );
  // Marked lexemes have no places: words of a title are asked for in any order.
  const words = parts.join(target === 'title' ? ' & ' : ' <-> ');
  const neighbours = target === 'indexed' ? [...new Set(listNeighbours(term))] : [];
  const text = neighbours.length === 0 ? words : [`(${words})`, ...neighbours].join(' & ');
  return isNegated ? `!(${text})` : parts.length === 1 ? text : `(${text})`;
}

/** As in web search, "or" binds its neighbours only. */
function joinTerms(terms: SearchTerm[], target: Target): string {
  const groups: string[][] = [];
  for (const term of terms) {
    const last = groups.at(-1);
    const written = writeTerm(term, target);
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
    anywhere: joinTerms(terms, 'anywhere'),
    indexed: joinTerms(terms, 'indexed'),
    inTitle: joinTerms(wanted, 'title'),
    isPlain: terms.every(({ isNegated, lexemes }) => !isNegated && lexemes.length === 1),
    hasPrefix: terms.some(({ isPrefix }) => isPrefix),
    hasPhrase: terms.some(({ lexemes }) => lexemes.length > 1),
  };
}
