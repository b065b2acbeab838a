import { describe, expect, it } from 'vitest';
import { readFreshness, readHeader, readRetryAfter } from './headers';

const NOW = Date.parse('2026-06-01T12:00:00Z');

describe('readHeader', () => {
  it('joins repeated ones', () => {
    expect(readHeader({ etag: ['"a"', '"b"'] }, 'etag')).toBe('"a", "b"');
    expect(readHeader({}, 'etag')).toBeNull();
  });
});

describe('readFreshness', () => {
  it.each<[Record<string, string>, number | null]>([
    [{ 'cache-control': 'public, max-age=600' }, 600],
    [{ 'cache-control': 'max-age="600"' }, 600],
    [{ 'cache-control': 's-maxage=1, MAX-AGE=60' }, 60],
    [{ 'cache-control': 'no-cache' }, 0],
    [{ expires: 'Mon, 01 Jun 2026 13:00:00 GMT' }, 3600],
    [{ expires: 'Mon, 01 Jun 2020 13:00:00 GMT' }, 0],
    [{ expires: '0' }, 0],
    [{ 'cache-control': 'max-age=60', expires: 'Mon, 01 Jun 2026 13:00:00 GMT' }, 60],
    [{ 'cache-control': 'public' }, null],
    [{}, null],
  ])('%o: %s s', (headers, seconds) => expect(readFreshness(headers, NOW)).toBe(seconds));
});

describe('readRetryAfter', () => {
  it.each<[string, number | null]>([
    ['120', 120],
    [' 120 ', 120],
    ['Mon, 01 Jun 2026 12:02:00 GMT', 120],
    ['Mon, 01 Jun 2020 12:02:00 GMT', 0],
    ['soon', null],
    ['', null],
  ])('%s: %s s', (value, seconds) => expect(readRetryAfter({ 'retry-after': value }, NOW)).toBe(seconds));
});
