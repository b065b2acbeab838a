import { expect, it } from 'vitest';
import { toSafeTarget } from './safe-target';

it.each([
  ['/feeds?state=failing', '/feeds?state=failing'],
  ['/starred?_rsc=1x2', '/starred'],
  ['/', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/a/..//evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  // Back to where one comes from, or to what is no page.
  ['/sign-in?to=/sign-in', '/'],
  ['/a/../sign-in/code', '/'],
  ['/welcome/token', '/'],
  ['/api/items', '/'],
  ['/signals', '/signals'],
])('from %j one goes on to %s', (target, expected) => {
  expect(toSafeTarget(target)).toBe(expected);
});
