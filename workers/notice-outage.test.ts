import { describe, expect, it } from 'vitest';
import { createOutageNotice } from './notice-outage';

const NOTHING: number[] = [];

/** A notice, and what a fetch does with it: `miss` tells whether the feed was charged, and who was acquitted then. */
function watch() {
  const notice = createOutageNotice();
  const miss = (host: string, feedId: number, now: number, wasWell = true) => {
    const charged = !notice.missed({ host, wasWell, now });
    return { charged, acquitted: notice.stored({ host, feedId, at: now, charged }) };
  };
  return { notice, miss };
}

const CHARGED = { charged: true, acquitted: NOTHING };

describe('createOutageNotice', () => {
  it('charges a host or two that are out of reach', () => {
    const { miss } = watch();
    expect(miss('a', 1, 0)).toEqual(CHARGED);
    expect(miss('b', 2, 10)).toEqual(CHARGED);
    expect(miss('b', 3, 20)).toEqual(CHARGED);
  });

  it('takes the fault upon itself when most hosts are out of reach, and acquits those before, once', () => {
    const { miss } = watch();
    miss('a', 1, 0);
    miss('a', 2, 5);
    miss('b', 3, 10);
    expect(miss('c', 4, 20)).toEqual({ charged: false, acquitted: [1, 2, 3] });
    expect(miss('d', 5, 30)).toEqual({ charged: false, acquitted: NOTHING });
  });

  it('acquits whoever is stored as charged after it was plain', () => {
    const { notice } = watch();
    const missed = ['a', 'b', 'c'].map((host) => notice.missed({ host, wasWell: true, now: 0 }));
    expect(missed).toEqual([false, false, true]);
    expect(notice.stored({ host: 'c', feedId: 3, at: 0, charged: false })).toEqual(NOTHING);
    expect(notice.stored({ host: 'a', feedId: 1, at: 0, charged: true })).toEqual([1]);
    expect(notice.stored({ host: 'b', feedId: 2, at: 0, charged: true })).toEqual([2]);
  });

  it('acquits all of the many that were missed at the same moment', () => {
    const { notice } = watch();
    const all = Array.from({ length: 100 }, (_, feedId) => ({ host: `host-${feedId}`, feedId }));
    const missed = all.map((feed) => ({
      ...feed,
      charged: !notice.missed({ ...feed, wasWell: true, now: 0 }),
    }));
    const acquitted = missed.flatMap((feed) => notice.stored({ ...feed, at: 0 }));
    expect(missed.flatMap(({ charged, feedId }) => (charged ? [feedId] : []))).toEqual(acquitted);
  });

  it('does not while many others answer', () => {
    const { notice, miss } = watch();
    for (const host of ['p', 'q', 'r']) notice.reached(host, 0);
    for (const [index, host] of ['a', 'b', 'c', 'd'].entries())
      expect(miss(host, index, 10)).toEqual(CHARGED);
  });

  it('is soon told from what came before, however many have answered', () => {
    const { notice, miss } = watch();
    for (let host = 0; host < 1000; host += 1) notice.reached(`well-${host}`, host);
    const told = Array.from({ length: 30 }, (_, host) => miss(`lost-${host}`, host, 2000));
    expect(told.findIndex(({ charged }) => !charged)).toBe(15);
    expect(told[15]?.acquitted).toEqual(Array.from({ length: 15 }, (_, host) => host));
  });

  it('charges again once servers answer', () => {
    const { notice, miss } = watch();
    for (const host of ['a', 'b', 'c']) miss(host, 1, 0);
    for (const host of ['a', 'b', 'c']) notice.reached(host, 1000);
    expect(miss('d', 2, 2000)).toEqual(CHARGED);
  });

  it('goes on for as long as nobody can be reached, with those that were charged before it was plain', () => {
    const { miss } = watch();
    miss('a', 1, 0);
    miss('b', 2, 0);
    expect(miss('a', 1, 60_000, false)).toEqual(CHARGED);
    const plain = miss('c', 3, 70_000);
    expect(plain).toEqual({ charged: false, acquitted: [1, 2, 1] });
    for (let minute = 2; minute < 60; minute += 1) {
      for (const [index, host] of ['a', 'b', 'c'].entries())
        expect(miss(host, index, minute * 60_000).charged).toBe(false);
    }
  });

  it('dead feeds alone are no outage, and do not become one', () => {
    const { miss } = watch();
    for (let round = 0; round < 5; round += 1) {
      for (const host of ['dead', 'deader', 'never', 'nowhere'])
        expect(miss(host, 1, round * 60_000, false)).toEqual(CHARGED);
    }
  });

  it('a dead feed is not charged either while the network is down', () => {
    const { miss } = watch();
    for (const host of ['a', 'b', 'c']) miss(host, 1, 0);
    expect(miss('dead', 9, 10, false).charged).toBe(false);
  });

  it('forgets after ten minutes', () => {
    const { miss } = watch();
    miss('a', 1, 0);
    miss('b', 2, 0);
    expect(miss('c', 3, 601_000)).toEqual(CHARGED);
  });
});
