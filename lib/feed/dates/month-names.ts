/** Languages whose month names feeds write, though RFC 822 knows only English; earlier ones win where names clash. */
const LANGUAGES =
  'en de fr es pt it nl sv da nb pl cs sk sl ru uk bg el tr fi hu ro ca et lt lv id vi sr-Latn he ar fa hi th'.split(
    ' ',
  );

const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

let names: Map<string, number> | null = null;

/** Lower case, without accents and dots: `Févr.` and `fevr` are one name. */
function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.\u200e\u200f]/g, '');
}

/** Names out of ICU's tables, alone and as a date inflects them; worked out only when a name is not English. */
function collectNames(): Map<string, number> {
  const found = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const format of [
      { month: 'long' },
      { month: 'short' },
      { month: 'long', day: 'numeric' },
      { month: 'short', day: 'numeric' },
    ] as const) {
      const formatter = new Intl.DateTimeFormat(language, {
        ...format,
        timeZone: 'UTC',
        numberingSystem: 'latn',
        calendar: 'gregory',
      });
      for (let month = 0; month < 12; month += 1) {
        const part = formatter.formatToParts(Date.UTC(2020, month, 5)).find(({ type }) => type === 'month');
        const name = fold(part?.value ?? '');
        if (/^\p{L}[\p{L}\p{M} ]+$/u.test(name) && !found.has(name)) found.set(name, month);
      }
    }
  }
  return found;
}

/** The month whose name starts so: ICU has `нояб.` where people write `ноя`. */
function findAbbreviated(all: Map<string, number>, start: string): number | null {
  for (const [name, month] of all) if (name.startsWith(start)) return month;
  return null;
}

/** The month (0 to 11) that a word names, in English or another language; null when it names none. */
export function findMonth(word: string): number | null {
  if (/^[a-z]{3,9}\.?$/i.test(word)) {
    const index = ENGLISH.indexOf(word.slice(0, 3).toLowerCase());
    const isWord =
      /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?$/i;
    if (index >= 0 && isWord.test(word)) return index;
  }
  if (word.length > 20 || /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$/i.test(word)) return null;
  names ??= collectNames();
  const folded = fold(word);
  if (folded.length < 3) return names.get(folded) ?? null;
  return names.get(folded) ?? names.get(folded.slice(0, 3)) ?? findAbbreviated(names, folded);
}
