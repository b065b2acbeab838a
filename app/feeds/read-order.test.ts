import { expect, it } from 'vitest';
import { parseIds, readOrder } from './read-order';

function order(...entries: [string, string][]) {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return readOrder(form);
}

it('takes the chosen feeds, each once', () => {
  expect(order(['do', 'try'], ['feed', '3'], ['feed', '1'], ['feed', '3'])).toEqual({
    deed: 'try',
    feedIds: [3, 1],
  });
});

it('takes one feed alone, whatever else is chosen', () => {
  expect(order(['only', 'accept:7'], ['feed', '3'])).toEqual({ deed: 'accept', feedIds: [7] });
});

it.each([[[]], [[['do', 'drop']]], [[['only', 'toString:7']]]] as [[string, string][]][])(
  'does nothing for %j',
  (entries) => {
    expect(order(...entries)).toEqual({ deed: null, feedIds: [] });
  },
);

it('passes over what is no id, and what nobody can have chosen', () => {
  expect(parseIds('1,x,-2,99999999999,2,,1.5')).toEqual([1, 2]);
  expect(parseIds(Array.from({ length: 900 }, (_, index) => index + 1).join())).toHaveLength(500);
});
