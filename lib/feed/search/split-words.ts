/** A word of a text, and where it stands there. */
export interface Word {
  /** As other spellings of it are written, too. */
  folded: string;
  start: number;
  end: number;
  /** Whether it is a run of a script that puts no spaces between words. */
  isRun: boolean;
}

/** Scripts without spaces between words, or, as in Korean, with particles that grow onto them. */
const SPACELESS =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}々〆ー';
const PATTERN = `[a-zA-Z0-9]+(?![a-zA-Z0-9]|[^\\x00-\\x7f])|[${SPACELESS}][${SPACELESS}\\p{M}]*|(?:(?![${SPACELESS}])[\\p{L}\\p{N}])(?:(?![${SPACELESS}])[\\p{L}\\p{N}\\p{M}])*`;
const STARTS_RUN = new RegExp(`^[${SPACELESS}]`, 'u');

const ASCII = /^[\x20-\x7e]*$/;
/** Accents of European scripts, points of Hebrew and Arabic: people search without them. Other marks are letters. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]/g;
/** What Unicode does not take apart. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ى: 'ي',
};
const UNDIVIDED = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** The word in small letters, without accents, in one form of several that look the same (NFKC). */
export function foldWord(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFKC')
    .replace(UNDIVIDED, (letter) => LETTERS[letter] ?? letter);
}

/** Finds the words of a text one after the other: whoever needs the first ones only pays for these. */
export function* splitWords(text: string): Generator<Word> {
  const pattern = new RegExp(PATTERN, 'gu');
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const raw = match[0];
    yield {
      folded: foldWord(raw),
      start: match.index,
      end: match.index + raw.length,
      isRun: STARTS_RUN.test(raw),
    };
  }
}

/** @returns the pairs of neighbours in a run, which are what it is found by; a single sign is itself. */
export function pairSigns(run: string): string[] {
  const signs = [...run];
  if (signs.length < 2) return signs;
  return signs.slice(1).map((sign, index) => `${signs[index] ?? ''}${sign}`);
}
