/** @returns what a field holds; empty where there is none, or a file in its place. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** @returns the number in a field; null when it is no id. */
export function readId(form: FormData, name: string): number | null {
  const value = readText(form, name);
  return /^[1-9]\d{0,9}$/.test(value) && Number(value) < 2 ** 31 ? Number(value) : null;
}
