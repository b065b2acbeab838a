const DAY = 86_400_000;

/**
 * A date, unless it is absurd: before 1900, at the epoch itself (a clock that was never set), or more than a day ahead
 * of ours (nobody's time zone is further away).
 * @param now when the document was fetched
 */
function believeDate(date: Date | null, now: Date): Date | null {
  if (!date || Number.isNaN(date.getTime()) || date.getTime() === 0) return null;
  if (date.getUTCFullYear() < 1900 || date.getTime() > now.getTime() + DAY) return null;
  return date;
}

/** When an item was published, as far as that can be believed: else when it was last changed. */
export function believeDates(item: { published: Date | null; updated: Date | null }, now: Date): Date | null {
  return believeDate(item.published, now) ?? believeDate(item.updated, now);
}

/** Whether a date that an item would have been sorted by is absurd. */
export function hasAbsurdDate(item: { published: Date | null; updated: Date | null }, now: Date): boolean {
  const date = item.published ?? item.updated;
  return date !== null && believeDate(date, now) === null;
}
