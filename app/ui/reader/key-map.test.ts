import { expect, it } from 'vitest';
import { findDeed, KEYS, readKey } from './key-map';

it('gives each key one meaning', () => {
  const names = Object.values(KEYS).flat();
  expect(new Set(names).size).toBe(names.length);
});

it.each([
  ['j', null, 'next'],
  ['J', null, 'next-feed'],
  ['f', null, 'star'],
  ['f', 'g', 'go-feeds'],
  ['u', null, null],
  ['u', 'g', 'go-unread'],
  ['j', 'g', null],
  ['toString', null, null],
])('%s after %s is %s', (key, before, deed) => {
  expect(findDeed(key, before)).toBe(deed);
});

it.each([
  ['j', 'KeyC', false, 'j', 'what is written counts: Dvorak'],
  ['о', 'KeyJ', false, 'j', 'a Cyrillic letter stands for the place of its key'],
  ['О', 'KeyJ', true, 'J', 'and so with shift'],
  ['ㅓ', 'KeyJ', false, 'j', 'a Hangul letter too'],
  ['é', 'Digit2', false, 'é', 'a Latin letter is itself'],
  ['?', 'Slash', true, '?', 'signs are themselves'],
  ['Enter', 'Enter', false, 'Enter', 'names of keys too'],
])('%s at %s (shift: %s) is %s: %s', (key, code, shiftKey, meant) => {
  expect(readKey({ key, code, shiftKey })).toBe(meant);
});
