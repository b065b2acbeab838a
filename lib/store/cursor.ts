/** A place in a list that is sorted by time and id: where the next page begins. */
export interface Cursor {
  sortAt: Date;
  id: number;
}

/** @returns the cursor as an address can carry it. */
export function writeCursor({ sortAt, id }: Cursor): string {
  return `${sortAt.getTime()}-${id}`;
}

/** @returns the cursor, or null for text that is none: the list then begins at its top. */
export function readCursor(text: string | undefined): Cursor | null {
  const [, time, id] = text?.match(/^(-?\d{1,15})-(\d{1,15})$/) ?? [];
  return time === undefined || id === undefined ? null : { sortAt: new Date(Number(time)), id: Number(id) };
}
