import { countOf } from './format-figures';

const SENTENCES: Record<string, (count: number) => string> = {
  tried: (count) => `${countOf(count, 'feed')} will be checked now.`,
  removed: (count) => `You no longer follow ${countOf(count, 'feed')}.`,
  accepted: (count) =>
    count === 0
      ? 'Nothing was changed: no new address is known for what was chosen.'
      : `${countOf(count, 'feed')} changed to the new address.`,
  restored: (count) => `You follow ${countOf(count, 'feed')} again, as before.`,
  late: () => 'That cannot be undone any more.',
  moved: (count) => (count === 0 ? 'Nothing was moved.' : `${countOf(count, 'feed')} moved.`),
  made: () => 'The folder is made.',
  renamed: () => 'The folder has its new name.',
  deleted: () => 'The folder is deleted. What was in it is in no folder now.',
  nothing: () => 'Choose one or more feeds first.',
};

/**
 * Says what has just been done to feeds.
 *
 * @param did as the page's address has it: "tried.12".
 * @returns '' when there is nothing to say.
 */
export function tellDeed(did: unknown): string {
  const [, name = '', count = '0'] =
    (typeof did === 'string' && /^([a-z]+)(?:\.(\d{1,6}))?$/.exec(did)) || [];
  return Object.hasOwn(SENTENCES, name) ? (SENTENCES[name]?.(Number(count)) ?? '') : '';
}
