import { hasAbsurdDate } from './dates/believe-date';
import type { ParseWarning } from './types';

/** Codes of everything that reading repairs or guesses, and what it tells a person. */
const MESSAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'charset-mislabelled': 'The feed declares a character set that its bytes contradict.',
    'charset-guessed': 'The feed does not say which character set it is in; it was guessed.',
    'invalid-bytes': 'Some characters are broken in the feed itself.',
    'leading-junk': 'Something stands before the start of the feed.',
    'control-characters': 'The feed has control characters, which no text may have; they were taken out.',
    'bare-ampersand': 'The feed has "&" where it should have written "&amp;".',
    'undeclared-entity':
      'The feed uses names of characters, such as "&nbsp;", that only HTML knows, without declaring them.',
    'double-escaped':
      'Some text or addresses of the feed are escaped twice; they were read as they were meant.',
    'mistyped-html': 'The feed calls text plain that is HTML; it was read as HTML.',
    'unreadable-date': 'Some dates of the feed could not be read.',
    'absurd-date':
      'Some dates of the feed cannot be: they lie in the future or before there were feeds. They were not believed.',
    'stray-less-than': 'The feed has "<" where it should have written "&lt;".',
    'unclosed-element': 'The feed does not close all of its elements.',
    'unmatched-close': 'The feed closes elements that it never opened.',
    'undeclared-prefix':
      'The feed uses prefixes that it does not declare, or declares wrongly; they were taken for what they usually mean.',
    'broken-json': 'The JSON of the feed is not quite JSON; commas or line breaks were repaired.',
    'too-deep': 'The feed nests its elements deeper than any reader can follow.',
    'too-many-items': 'The feed has more items than any reader can take; the first 20,000 were read.',
    truncated: 'The feed ends in the middle; what was complete has been read.',
  }),
);

/** The warning for dates that can be read, but not believed: only who knows what time it is can tell. */
export function describeAbsurdDates(
  items: readonly { published: Date | null; updated: Date | null }[],
  now: Date,
): ParseWarning[] {
  return items.some((item) => hasAbsurdDate(item, now)) ? describeRepairs(['absurd-date']) : [];
}

/** Warnings for a set of codes, in the order in which they came up. */
export function describeRepairs(codes: Iterable<string>, charset = ''): ParseWarning[] {
  return [...codes].map((code) => {
    const message = MESSAGES.get(code) ?? 'The feed was repaired.';
    return { code, message: code.startsWith('charset') ? `${message} It was read as ${charset}.` : message };
  });
}
