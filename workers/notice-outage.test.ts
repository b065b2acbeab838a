import { describe, expect, it } from 'vitest';
import { createOutageNotice } from './notice-outage';

describe('createOutageNotice', () => {
  it('charges a host or two that are out of reach', () => {
    const notice = createOutageNotice();
    expect(notice.missed('a', 1, 0)).toEqual({ ours: false, acquit: [] });
    expect(notice.missed('b', 2, 10)).toEqual({ ours: false, acquit: [] });
    expect(notice.missed('b', 3, 20)).toEqual({ ours: false, acquit: [] });
  });

  it('takes the fault upon itself when most hosts are out of reach, and acquits those before, once', () => {
    const notice = createOutageNotice();
    notice.missed('a', 1, 0);
    notice.missed('a', 2, 5);
    notice.missed('b', 3, 10);
    expect(notice.missed('c', 4, 20)).toEqual({ ours: true, acquit: [1, 2, 3] });
    expect(notice.missed('d', 5, 30)).toEqual({ ours: true, acquit: [] });
  });

  it('does not while many others answer', () => {
    const notice = createOutageNotice();
    for (const host of ['p', 'q', 'r']) notice.reached(host, 0);
    for (const [index, host] of ['a', 'b', 'c', 'd'].entries()) {
      expect(notice.missed(host, index, 10).ours).toBe(false);
    }
  });

  it('charges again once servers answer', () => {
    const notice = createOutageNotice();
    for (const host of ['a', 'b', 'c']) notice.missed(host, 1, 0);
    for (const host of ['a', 'b', 'c']) notice.reached(host, 1000);
    expect(notice.missed('d', 2, 2000)).toEqual({ ours: false, acquit: [] });
  });

  it('forgets after a minute', () => {
    const notice = createOutageNotice();
    notice.missed('a', 1, 0);
    notice.missed('b', 2, 0);
    expect(notice.missed('c', 3, 61_000)).toEqual({ ours: false, acquit: [] });
  });
});
