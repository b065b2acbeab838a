/** Control characters, which PostgreSQL (NUL) or browsers (the rest) do not take, and halves of surrogate pairs. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Surrogate}/u;
const ALL_UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Surrogate}/gu;

/** Text without characters that no text has: control characters are dropped, half surrogates become U+FFFD. */
export function cleanText(text: string): string {
  if (!UNPRINTABLE.test(text)) return text;
  return text.replace(ALL_UNPRINTABLE, (character) => (character >= '\ud800' ? '\ufffd' : ''));
}

/** White space collapsed to single spaces, trimmed, without unprintable characters. */
export function collapseText(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}
