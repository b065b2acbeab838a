import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planWindows } from './plan-windows';
import { blockLexeme, dayLexeme, quoteLexeme, toDay } from './write-vector';

it('each moment is in one window, whose lexemes its item has', () => {
  const from = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  const ages = fc.oneof(fc.integer({ min: 0, max: 86_400_000 * 40 }), fc.integer({ min: 0, max: 4e11 }));
  fc.assert(
    fc.property(from, ages, (now, age) => {
      const at = new Date(now.getTime() - age);
      const window = planWindows(now).find(({ since }) => since === null || at >= since);
      const day = toDay(at);
      const own = [dayLexeme(day), blockLexeme(day)].map(quoteLexeme);
      const lexemes = window?.lexemes?.split(' | ');
      if (lexemes !== undefined) expect(own.some((lexeme) => lexemes.includes(lexeme))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
