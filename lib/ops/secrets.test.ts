import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './secrets';

const KEY = randomBytes(32);

describe('seal and unseal', () => {
  it('give back what they were given', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => unseal(KEY, seal(KEY, text)) === text));
  });

  it('hide it, and never the same way twice', () => {
    const sealed = seal(KEY, 'open sesame');
    expect(Buffer.from(sealed).includes('sesame')).toBe(false);
    expect(Buffer.compare(sealed, seal(KEY, 'open sesame'))).not.toBe(0);
  });

  it('say null to another key, and to bytes of which one was changed, cut off or added', () => {
    const sealed = seal(KEY, 'open sesame');
    expect(unseal(randomBytes(32), sealed)).toBeNull();
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = sealed.map((byte, at) => (at === index ? byte ^ 1 : byte));
      expect(unseal(KEY, changed), String(index)).toBeNull();
      expect(unseal(KEY, sealed.subarray(0, index)), String(index)).toBeNull();
    }
    expect(unseal(KEY, Uint8Array.from([...sealed, 0]))).toBeNull();
  });
});
