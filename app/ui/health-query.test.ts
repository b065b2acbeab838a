import { expect, it } from 'vitest';
import { parseHealthQuery, readHealthPath, writeHealthQuery } from './health-query';

const PLAIN = { show: 'all', sort: 'name', search: '', page: 1 } as const;

it('shows everything by name unless asked for something else', () => {
  expect(parseHealthQuery({})).toEqual(PLAIN);
  expect(writeHealthQuery(PLAIN)).toBe('/feeds');
});

it('comes back as it was written', () => {
  const query = { show: 'failing', sort: 'slowest', search: 'a & b=ü?', page: 7 } as const;
  expect(readHealthPath(writeHealthQuery(query))).toEqual(query);
});

it.each([
  { show: 'constructor', sort: 'f.id; DROP TABLE feeds' },
  { show: ['failing'], sort: ['name'], q: ['x'], page: ['2'] },
  { page: '-1' },
  { page: '0' },
  { page: '1e9' },
  { q: '   ' },
])('takes %j for nothing', (params) => {
  expect(parseHealthQuery(params)).toEqual(PLAIN);
});

it('leads nowhere else, whatever a form says', () => {
  expect(writeHealthQuery(readHealthPath('https://example.org/?show=gone&next=//evil'))).toBe(
    '/feeds?show=gone',
  );
});
