/**
 * Writes a value as JSON that PostgreSQL takes: it knows neither NUL nor half a surrogate pair.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  // Both come out escaped, and nearly nothing else does: looking at every text beforehand takes longer than writing.
  return json.includes('\\u') ? JSON.stringify(value, cleanText) : json;
}

const cleanText = (_key: string, part: unknown) => (typeof part === 'string' ? toText(part) : part);

/** @returns the text without NUL, and with U+FFFD for half surrogate pairs: what PostgreSQL takes. */
export function toText(text: string): string {
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return whole.isWellFormed() ? whole : whole.toWellFormed();
}
