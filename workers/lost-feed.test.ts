import { describe, expect, it } from 'vitest';
import { isWorthSeeking, type LostFeedInput } from './lost-feed';

const NOW = new Date('2026-06-10T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const lost: LostFeedInput = {
  now: NOW,
  code: 'http-404',
  failures: 5,
  lastSuccessAt: daysAgo(3),
  createdAt: daysAgo(100),
  soughtAt: null,
  offered: false,
};

describe('isWorthSeeking', () => {
  it.each<[string, Partial<LostFeedInput>, boolean]>([
    ['nothing there for three days and five attempts', {}, true],
    ['a page for as long', { code: 'not-a-feed' }, true],
    ['four attempts', { failures: 4 }, false],
    ['less than three days', { lastSuccessAt: daysAgo(2.9) }, false],
    ['never read, and made long ago', { lastSuccessAt: null }, true],
    ['never read, and made today', { lastSuccessAt: null, createdAt: NOW }, false],
    ['gone, at the first word of it', { code: 'http-410', failures: 1, lastSuccessAt: NOW }, true],
    [
      'a page that names a feed',
      { code: 'not-a-feed', failures: 1, lastSuccessAt: NOW, offered: true },
      true,
    ],
    ['looked for today', { soughtAt: daysAgo(0.9) }, false],
    ['looked for today, and gone', { soughtAt: daysAgo(0.9), code: 'http-410', offered: true }, false],
    ['looked for yesterday', { soughtAt: daysAgo(1) }, true],
    ['a server that does not answer', { code: 'timeout' }, false],
    ['a server with an error of its own', { code: 'http-500' }, false],
    ['a challenge', { code: 'challenge' }, false],
  ])('%s: %o', (_name, input, worth) => expect(isWorthSeeking({ ...lost, ...input })).toBe(worth));
});
