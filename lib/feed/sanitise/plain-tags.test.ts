import { expect, it } from 'vitest';
import { findPlainTag, PLAIN_NAMES } from './plain-tags';

it('finds every plain element, so that no two share a place', () => {
  for (const name of PLAIN_NAMES) expect(findPlainTag(`<${name} x>`, 1)?.name).toBe(name);
});

it('finds no other', () => {
  for (const html of ['<script>', '<P>', '<pp>', '<', '<>', '<svg', '<h7>', '</p>']) {
    expect(findPlainTag(html, 1)).toBeNull();
  }
});
