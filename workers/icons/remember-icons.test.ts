import { expect, it } from 'vitest';
import { rememberIcons } from './remember-icons';

it('remembers for an hour, and not without end', () => {
  let now = 0;
  const icons = rememberIcons(() => now);
  expect(icons.recall('a')).toBeUndefined();
  icons.remember('a', 1);
  icons.remember('b', null);
  expect([icons.recall('a'), icons.recall('b')]).toEqual([1, null]);
  for (let site = 0; site < 1999; site += 1) icons.remember(`site ${site}`, 2);
  expect([icons.recall('a'), icons.recall('b')]).toEqual([undefined, null]);
  now = 3_600_001;
  expect(icons.recall('b')).toBeUndefined();
});
