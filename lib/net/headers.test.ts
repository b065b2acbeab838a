import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFreshness, readHeader, readLocation, readRetryAfter, readValidator } from './headers';

const NOW = Date.parse('2026-06-01T12:00:00Z');

describe('readHeader', () => {
  it('joins repeated ones', () => {
    expect(readHeader({ vary: ['a', 'b'] }, 'vary')).toBe('a, b');
    expect(readHeader({}, 'etag')).toBeNull();
  });
});

describe('readFreshness', () => {
  it.each<[Record<string, string>, number | null]>([
    [{ 'cache-control': 'public, max-age=600' }, 600],
    [{ 'cache-control': 'max-age="600"' }, 600],
    [{ 'cache-control': 's-maxage=1, MAX-AGE=60' }, 60],
    [{ 'cache-control': 'max-age=600', age: '500' }, 100],
    [{ 'cache-control': 'max-age=600', age: '700' }, 0],
    [{ 'cache-control': 'max-age=600', age: 'old' }, 600],
    [{ 'cache-control': 'max-age=-1' }, null],
    [{ 'cache-control': 'no-cache' }, 0],
    [{ 'cache-control': 'no-store, max-age=600' }, 0],
    [{ 'cache-control': 'no-cache="set-cookie", max-age=600' }, 600],
    [{ expires: 'Mon, 01 Jun 2026 13:00:00 GMT' }, 3600],
    [{ expires: 'Mon, 01 Jun 2020 13:00:00 GMT' }, 0],
    [{ expires: 'Mon, 01 Jun 2026 13:00:00 GMT', date: 'Mon, 01 Jun 2026 12:30:00 GMT' }, 1800],
    [{ expires: '0' }, 0],
    [{ expires: '-1' }, 0],
    [{ 'cache-control': 'max-age=60', expires: 'Mon, 01 Jun 2026 13:00:00 GMT' }, 60],
    [{ 'cache-control': 'public' }, null],
    [{}, null],
  ])('%o: %s s', (headers, seconds) => expect(readFreshness(headers, NOW)?.seconds ?? null).toBe(seconds));

  it('says which of the two it is from', () => {
    const expires = 'Mon, 01 Jun 2026 13:00:00 GMT';
    expect(readFreshness({ expires }, NOW)?.header).toBe('Expires');
    expect(readFreshness({ expires, 'cache-control': 'public' }, NOW)?.header).toBe('Expires');
    expect(readFreshness({ expires, 'cache-control': 'max-age=60' }, NOW)?.header).toBe('Cache-Control');
  });
});

describe('readRetryAfter', () => {
  it.each<[string | string[], number | null]>([
    ['120', 120],
    [' 120 ', 120],
    ['0', 0],
    ['9999999999', 9_999_999_999],
    ['99999999999', null],
    ['1.5', 2],
    ['-5', null],
    ['1e3', null],
    ['0x10', null],
    ['Mon, 01 Jun 2026 12:02:00 GMT', 120],
    ['Monday, 01-Jun-26 12:02:00 GMT', 120],
    ['Mon Jun  1 12:02:00 2026', 120],
    ['Mon, 01 Jun 2020 12:02:00 GMT', 0],
    ['Mon, 99 Foo 2026 12:02:00 GMT', null],
    ['2026-06-01', null],
    ['soon', null],
    ['soon 5', null],
    ['5 minutes', null],
    ['', null],
    [['60', '120', 'later'], 120],
  ])('%s: %s s', (value, seconds) => expect(readRetryAfter({ 'retry-after': value }, NOW)).toBe(seconds));

  it('is a whole number of seconds or nothing, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const seconds = readRetryAfter({ 'retry-after': value }, NOW);
        return seconds === null || (Number.isSafeInteger(seconds) && seconds >= 0);
      }),
    );
  });

  it('reads every date that can be written', () => {
    const date = fc.date({ min: new Date(NOW), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (at) => {
        const seconds = Math.floor(at.getTime() / 1000) - NOW / 1000;
        expect(readRetryAfter({ 'retry-after': at.toUTCString() }, NOW)).toBe(seconds);
      }),
    );
  });
});

describe('readValidator', () => {
  it.each([
    ['"abc"', '"abc"'],
    ['W/"abc"', 'W/"abc"'],
    ['  unquoted--gzip ', '  unquoted--gzip '],
    ['"caf\xe9"', '"caf\xe9"'],
    ['"\x00"', null],
    [`"${'x'.repeat(2000)}"`, null],
    [' ', null],
  ])('%j: %j', (value, kept) => expect(readValidator({ etag: value }, 'etag')).toBe(kept));
});

describe('readLocation', () => {
  it('reads UTF-8', () => {
    expect(readLocation({ location: Buffer.from('/früh').toString('latin1') })).toBe('/früh');
    expect(readLocation({ location: ['/a', '/b'] })).toBe('/a');
    expect(readLocation({})).toBeNull();
  });
});
