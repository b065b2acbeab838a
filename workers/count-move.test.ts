import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMove, FETCHES_TO_MOVE, type MoveCount, type MoveEvidence } from './count-move';

const URL = 'https://old.example/feed';
const NEW = 'https://new.example/feed';
const NOWHERE: MoveCount = { movedTo: null, movedCount: 0 };

const see = (...statuses: number[]): MoveEvidence => ({
  url: URL,
  read: true,
  redirects: statuses.map((status, index) => ({
    from: index === 0 ? URL : `https://hop${index}.example/`,
    status,
  })),
  answered: statuses.length === 0 ? URL : NEW,
  stated: null,
});

const countAll = (evidence: MoveEvidence[]) => evidence.reduce(countMove, NOWHERE);

describe('countMove', () => {
  it.each<[string, MoveEvidence[], MoveCount]>([
    ['three permanent ones', [see(301), see(308), see(301, 308)], { movedTo: NEW, movedCount: 3 }],
    ['no redirect', [see(301), see()], NOWHERE],
    ['a temporary one', [see(301), see(302)], NOWHERE],
    ['a temporary one in the chain', [see(301), see(301, 307, 308)], NOWHERE],
    [
      'elsewhere',
      [see(301), see(301), { ...see(301), answered: `${NEW}2` }],
      { movedTo: `${NEW}2`, movedCount: 1 },
    ],
    ['a failure between', [see(301), { ...see(), read: false }, see(301)], { movedTo: NEW, movedCount: 2 }],
    [
      'a failure at the new address',
      [see(301), { ...see(301), read: false }],
      { movedTo: NEW, movedCount: 1 },
    ],
    ['a temporary redirect to a failure', [see(301), { ...see(303), read: false }], NOWHERE],
    ['back to where it began', [{ ...see(301, 301), answered: URL }], NOWHERE],
    [
      'its own word',
      [
        { ...see(), stated: NEW },
        { ...see(), stated: NEW },
      ],
      { movedTo: NEW, movedCount: 2 },
    ],
    ['its own word behind a temporary redirect', [{ ...see(302), stated: NEW }], NOWHERE],
    ['an address too long to store', [{ ...see(301), answered: NEW + 'x'.repeat(2048) }], NOWHERE],
  ])('%s', (_name, evidence, count) => expect(countAll(evidence)).toEqual(count));

  it('never reaches the number without as many in a row that say the same', () => {
    const status = fc.constantFrom(301, 302, 303, 307, 308);
    const evidence = fc
      .record({
        statuses: fc.array(status, { maxLength: 3 }),
        read: fc.boolean(),
        to: fc.constantFrom(NEW, `${NEW}2`),
      })
      .map(({ statuses, read, to }) => ({
        ...see(...statuses),
        read,
        ...(statuses.length > 0 && { answered: to }),
      }));
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 12 }), (seen) => {
        const { movedTo, movedCount } = countAll(seen);
        if (movedCount < FETCHES_TO_MOVE) return;
        const last = seen.filter(({ read }) => read).slice(-FETCHES_TO_MOVE);
        expect(last).toHaveLength(FETCHES_TO_MOVE);
        for (const { redirects, answered } of last) {
          expect(answered).toBe(movedTo);
          expect(redirects.every((redirect) => redirect.status === 301 || redirect.status === 308)).toBe(
            true,
          );
        }
      }),
    );
  });
});
