/**
 * Reads an id out of a path segment.
 *
 * @param max the largest id that the table can hold.
 * @returns null when it is none.
 */
export function parseId(segment: string, max = 2_147_483_647): number | null {
  if (!/^[1-9]\d{0,15}$/.test(segment)) return null;
  const id = Number(segment);
  return id <= max ? id : null;
}
