import { expect, it } from 'vitest';
import { cookieText, parseSettings, rootAttributes, writeSettings } from './reading-settings';

const USUAL = parseSettings(undefined);

it('writes what differs from the usual, in signs that a cookie may have', () => {
  expect(writeSettings(USUAL)).toBe('');
  const text = writeSettings({ ...USUAL, theme: 'dark', passed: 'on' });
  expect(text).toBe('theme:dark.passed:on');
  expect(cookieText('name', text)).toMatch(/^name=[\w:.]+; path=\/; max-age=\d+; samesite=lax$/);
});

it('reads what it has written', () => {
  const chosen = { ...USUAL, theme: 'light', size: '6', order: 'oldest', keys: 'off' } as const;
  expect(parseSettings(writeSettings(chosen))).toEqual(chosen);
});

it.each([
  '',
  'theme:purple',
  'theme',
  ':::...',
  'size:7.font:',
  '%',
  '__proto__:on.constructor:on',
  'x'.repeat(5000),
])('takes %j for the usual', (cookie) => {
  expect(parseSettings(cookie)).toEqual(USUAL);
});

it('leaves the colours to the system unless they are chosen', () => {
  expect(rootAttributes(USUAL)['data-theme']).toBeUndefined();
  expect(rootAttributes({ ...USUAL, theme: 'dark' })['data-theme']).toBe('dark');
});
