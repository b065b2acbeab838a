/**
 * Writes a value as JSON that PostgreSQL takes: it knows neither NUL nor half a surrogate pair.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? toText(part) : part));
}

/** @returns the text without NUL, and with U+FFFD for half surrogate pairs: what PostgreSQL takes. */
export function toText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
