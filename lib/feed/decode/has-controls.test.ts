import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasControls } from './has-controls';

it('finds the control characters that a regular expression finds, at any alignment', () => {
  const character = fc.constantFrom(...'az ~\t\n\ré\u00a0Ā—😀', '\0', '\x1f', '\x7f', '\u0080', '\u009f');
  fc.assert(
    fc.property(fc.array(character, { maxLength: 12 }), fc.nat(3), (characters, offset) => {
      const text = characters.join('');
      const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
      expect(hasControls(new Uint8Array(bytes).subarray(offset))).toBe(/[^\P{Cc}\t\n\r]/u.test(text));
    }),
    { seed: 11, numRuns: 5000 },
  );
});
