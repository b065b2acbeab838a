import { writeSubscription } from '@/lib/store/change-settings';
import type { SubscriptionSettings } from '@/lib/store/settings-views';
import { makeFolder } from './make-folder';

const LONGEST_TITLE = 200;
/** A week: a feed that is asked more seldom is hardly followed. */
const LONGEST_FLOOR_MINUTES = 7 * 24 * 60;
const LONGEST_KEEP = 1_000_000;

export interface SettingsRequest extends SubscriptionSettings {
  userId: number;
  feedId: number;
  /** The name of a folder that is to be made for it, as typed; empty for none. */
  newFolder: string;
}

const isWhole = (value: number, most: number) => Number.isInteger(value) && value >= 0 && value <= most;

/** Sets what a reader wants of one of their feeds: its name, its folder, how often it is fetched, what is kept. */
export async function changeSettings(
  request: SettingsRequest,
): Promise<{ ok: true } | { ok: false; message: string }> {
  const { userId, feedId, newFolder, floorMinutes, keepDays, keepItems, fullText } = request;
  const title = request.title?.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim() || null;
  if (title !== null && [...title].length > LONGEST_TITLE) {
    return { ok: false, message: `The name is too long: ${LONGEST_TITLE} characters are the limit.` };
  }
  const whole =
    isWhole(floorMinutes, LONGEST_FLOOR_MINUTES) &&
    isWhole(keepDays ?? 0, LONGEST_KEEP) &&
    isWhole(keepItems ?? 0, LONGEST_KEEP);
  if (!whole) return { ok: false, message: 'Choose one of the times and numbers that are offered.' };
  let { folderId } = request;
  if (newFolder.trim() !== '') {
    const made = await makeFolder({ userId, name: newFolder });
    if (!made.ok) return made;
    folderId = made.folderId;
  }
  const saved = await writeSubscription(userId, feedId, {
    title,
    folderId,
    floorMinutes,
    keepDays,
    keepItems,
    fullText,
  });
  return saved ? { ok: true } : { ok: false, message: 'There is no such feed or folder among yours.' };
}
