import { expect, it } from 'vitest';
import { hashPassword, judgePassword, verifyPassword } from './password';

it('knows a password again, however it is typed, and no other', async () => {
  const hash = await hashPassword('caf\u00e9 on the quay');
  expect(hash).toMatch(/^scrypt\$16384\$8\$5\$/);
  expect(await hashPassword('caf\u00e9 on the quay')).not.toBe(hash);
  expect(await verifyPassword(hash, 'cafe\u0301 on the quay')).toBe(true);
  expect(await verifyPassword(hash, 'cafe on the quay')).toBe(false);
  expect(await verifyPassword('plain text', 'plain text')).toBe(false);
});

it.each([
  ['tidewater', 'Ada', /too short/],
  ['ten signs!', 'Ada', null],
  ['aaaaaaaaaaab', 'Ada', /too easy/],
  ['Ada.Lovelace', 'ada.lovelace', /too easy/],
  ['x'.repeat(257), null, /longer than 256/],
])('judges %s', (password, name, says) => {
  const judged = judgePassword(password, name);
  if (says === null) expect(judged).toBeNull();
  else expect(judged).toMatch(says);
});
