import { expect, it } from 'vitest';
import { HELP } from './help-sheet';
import { KEYS } from './key-map';

it('has one line for each thing that keys do', () => {
  const told = HELP.flatMap(({ deeds }) => deeds.map(([deed]) => deed));
  expect(told.sort()).toEqual(Object.keys(KEYS).sort());
});
