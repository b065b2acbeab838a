import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSignature } from './hub-signature';

const SECRET = 'between us';
const BODY = '<rss/>';

const sign = (method: string, secret = SECRET) =>
  `${method}=${createHmac(method, secret).update(BODY).digest('hex')}`;

function holds(header: string | null): boolean {
  const check = checkSignature(header, SECRET);
  for (const part of ['<rss', '/>']) check?.update(Buffer.from(part));
  return check?.holds() ?? false;
}

describe('checkSignature', () => {
  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('%s holds, whatever pieces the body comes in', (method) => {
    expect(holds(sign(method))).toBe(true);
    expect(holds(sign(method).toUpperCase())).toBe(true);
  });
  it.each([
    ['of another secret', sign('sha256', 'somebody else')],
    ['cut short', sign('sha256').slice(0, -2)],
    ['of another method than it says', sign('sha1').replace('sha1', 'sha256')],
    ['of a method that is broken', sign('md5')],
    ['without a method', sign('sha256').slice(7)],
    ['empty', ''],
    ['absent', null],
  ])('one %s does not', (_name, header) => expect(holds(header)).toBe(false));
});
