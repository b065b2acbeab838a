import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from './parse-date';

const CASES: [string, string | null][] = [
  // RFC 822 and what people make of it
  ['Tue, 10 Jun 2003 04:00:00 GMT', '2003-06-10T04:00:00Z'],
  ['Tue, 10 Jun 03 04:00 EST', '2003-06-10T09:00:00Z'],
  ['10 Jun 95 04:00:00 +0200', '1995-06-10T02:00:00Z'],
  ['Tuesday, 10-Jun-2003 04:00:00 UTC', '2003-06-10T04:00:00Z'],
  ['Tue,10 June 2003 4:00 PM PDT', '2003-06-10T23:00:00Z'],
  ['Jun 10, 2003 12:30 am', '2003-06-10T00:30:00Z'],
  ['10 Jun 2003', '2003-06-10T00:00:00Z'],
  ['Tue, 10 Jun 2003 04:00:00 Europe/Berlin', '2003-06-10T02:00:00Z'],
  ['Tue, 10 Jun 2003 04:00:00 GMT+0200 (CEST)', '2003-06-10T02:00:00Z'],
  ['Tue Jun 10 04:00:00 2003', '2003-06-10T04:00:00Z'],
  ['Tue Jun 10 04:00:00 UTC 2003', '2003-06-10T04:00:00Z'],
  // ISO 8601, RFC 3339
  ['2003-06-10T04:00:00Z', '2003-06-10T04:00:00Z'],
  ['2003-06-10T04:00:00.123456+05:30', '2003-06-09T22:30:00Z'],
  ['2003-06-10 04:00:00 +0000', '2003-06-10T04:00:00Z'],
  ['20030610T0400Z', '2003-06-10T04:00:00Z'],
  ['2003-06-10T24:00:00Z', '2003-06-11T00:00:00Z'],
  ['2003-06', '2003-06-01T00:00:00Z'],
  ['2003', '2003-01-01T00:00:00Z'],
  ['2003-161', '2003-06-10T00:00:00Z'],
  ['2003-W24-2', '2003-06-10T00:00:00Z'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
  // Unix
  ['1055217600', '2003-06-10T04:00:00Z'],
  ['1055217600000', '2003-06-10T04:00:00Z'],
  // Other orders and languages
  ['06/10/2003 04:00', '2003-06-10T04:00:00Z'],
  ['10.06.2003 04:00', '2003-06-10T04:00:00Z'],
  ['25/06/2003', '2003-06-25T00:00:00Z'],
  ['Di, 10. März 2020 10:00:00 +0100', '2020-03-10T09:00:00Z'],
  ['10 juin 2003 à 04:00', '2003-06-10T04:00:00Z'],
  ['вт, 10 июня 2003 04:00:00 GMT', '2003-06-10T04:00:00Z'],
  ['2003年6月10日 04:00', '2003-06-10T04:00:00Z'],
  ['вс, 06 ноя 1994 08:49:37 +0300', '1994-11-06T05:49:37Z'],
  ['пт, 10 сен 2004 04:00', '2004-09-10T04:00:00Z'],
  ['mar., 10 juin 2003 04:00:00 GMT', '2003-06-10T04:00:00Z'],
  ['Mar 10 2003 04:00', '2003-03-10T04:00:00Z'],
  ['2003-06-10T4:5:6Z', '2003-06-10T04:05:06Z'],
  ['2003-06-10T06:00:00+02:00[Europe/Berlin]', '2003-06-10T04:00:00Z'],
  // None
  ['', null],
  ['yesterday', null],
  ['Tue, 31 Feb 2003 04:00:00 GMT', null],
  ['2003-13-01', null],
  ['Tue, 10 Jun 2003 25:00:00 GMT', null],
  ['0000-00-00T00:00:00Z', null],
];

describe('parseDate', () => {
  it.each(CASES)('reads %j as %s', (text, expected) => {
    expect(
      parseDate(text)
        ?.toISOString()
        .replace(/\.\d+Z/, 'Z') ?? null,
    ).toBe(expected);
  });

  it('reads what Date writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true }),
        (date) => {
          const seconds = Math.floor(date.getTime() / 1000) * 1000;
          expect(parseDate(date.toISOString())?.getTime()).toBe(seconds);
          expect(parseDate(date.toUTCString())?.getTime()).toBe(seconds);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'0123456789:-/+., TZWGMTJanfébr오후年\u200f()'.split('')),
          maxLength: 40,
        }),
        (text) => {
          const date = parseDate(text);
          expect(date === null || !Number.isNaN(date.getTime())).toBe(true);
        },
      ),
      { seed: 2, numRuns: 3000 },
    );
  });
});
