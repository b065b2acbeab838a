import { expect, it } from 'vitest';
import { isPlainClick } from './is-plain-click';
import { parseOpened } from './opened';
import { PANES, parsePanes, writePanes } from './pane-widths';

it.each([
  ['12', null, 12],
  ['12', '1', 12],
  [null, '1', 'about'],
  [null, '0', null],
  ['x', null, null],
  ['-1', '1', 'about'],
  [['1', '2'], null, null],
  ['99999999999999999999', null, null],
])('the query item=%j about=%j opens %j', (item, about, opened) => {
  expect(parseOpened(item, about)).toBe(opened);
});

it('keeps widths of panes within what they may be', () => {
  const usual = { nav: PANES.nav.usual, list: PANES.list.usual };
  expect(parsePanes(undefined)).toEqual(usual);
  expect(parsePanes('x.')).toEqual(usual);
  expect(parsePanes('1.99999')).toEqual({ nav: PANES.nav.least, list: PANES.list.most });
  expect(parsePanes(writePanes({ nav: 300, list: 400 }))).toEqual({ nav: 300, list: 400 });
});

it('leaves clicks to the browser that open a tab, a window or a menu', () => {
  const click = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };
  expect(isPlainClick(click)).toBe(true);
  expect(isPlainClick({ ...click, button: 1 })).toBe(false);
  for (const key of ['metaKey', 'ctrlKey', 'shiftKey', 'altKey'])
    expect(isPlainClick({ ...click, [key]: true }), key).toBe(false);
});
