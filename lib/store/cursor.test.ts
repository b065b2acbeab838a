import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './cursor';

describe('cursor', () => {
  it('survives being written into an address', () => {
    const place = { sortAt: new Date('2026-06-01T12:00:00.123Z'), id: 9_007_199_254 };
    expect(readCursor(writeCursor(place))).toEqual(place);
    const ancient = { sortAt: new Date(-1), id: 1 };
    expect(readCursor(writeCursor(ancient))).toEqual(ancient);
  });
  it.each([undefined, '', '1', '1-', '-1', 'a-b', '1-2-3', '1-99999999999999999999'])('%s is none', (text) =>
    expect(readCursor(text)).toBeNull(),
  );
});
