import { expect, it } from 'vitest';
import { absorbStates, expectStates, readState, writeKnownStates, writeState } from './item-states';

// Of each test its own ids: what a tab knows, it knows as long as it is open.

it('has an item as it came until something is done to it', () => {
  const item = { id: 1, read: false, starred: true };
  expect(readState(item)).toEqual({ read: false, starred: true });
  writeState(item, { read: true });
  expect(readState(item)).toEqual({ read: true, starred: true });
});

it('takes over what the server says, but not of what waits to be told', () => {
  for (const id of [11, 12]) writeState({ id, read: false, starred: false }, { read: true });
  const said = [11, 12].map((id) => ({ id, read: false, starred: true }));
  absorbStates(said, (id) => id === 12);
  expect(said.map(readState)).toEqual([
    { read: false, starred: true },
    { read: true, starred: false },
  ]);
});

it('changes what it knows only, where the rest is not told', () => {
  const known = { id: 21, read: false, starred: true };
  writeState(known, {});
  writeKnownStates([21, 22], { read: true });
  expect(readState(known)).toEqual({ read: true, starred: true });
  expect(readState({ id: 22, read: false, starred: false }).read).toBe(false);
});

it('shows what was done before the page was loaded, over what the server has written', () => {
  expectStates([31], { starred: true });
  expectStates([31], { read: true });
  const item = { id: 31, read: false, starred: false };
  expect(readState(item)).toEqual({ read: true, starred: true });
  // What is done from now on comes after that.
  writeState(item, { starred: false });
  expect(readState(item)).toEqual({ read: true, starred: false });
});
