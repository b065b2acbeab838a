import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followFeed, pollDelay } from './follow-feed';

class Tab extends EventTarget {
  hidden = false;
  show(visible: boolean) {
    this.hidden = !visible;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let tab: Tab;
const ask = vi.fn<(url: string, options: { signal: AbortSignal }) => Promise<Response>>();
const answer = (body: unknown, status = 200) => Promise.resolve(Response.json(body, { status }));

beforeEach(() => {
  vi.useFakeTimers();
  tab = new Tab();
  vi.stubGlobal('document', tab);
  vi.stubGlobal('fetch', ask);
  ask.mockReset().mockImplementation(() => answer({ id: 7 }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('asks every second at first, then more and more seldom, up to ten seconds', () => {
  expect([0, 5, 10].map(pollDelay)).toEqual([1000, 1000, 1000]);
  expect(pollDelay(12)).toBeGreaterThan(pollDelay(11));
  expect(pollDelay(500)).toBe(10_000);
});

test('hands over each answer, and ends when told', async () => {
  const seen = vi.fn();
  const end = followFeed(7, seen);
  await vi.advanceTimersByTimeAsync(3100);
  expect(ask.mock.calls.map(([url]) => url)).toEqual(Array(3).fill('/api/feeds/7/status'));
  expect(seen).toHaveBeenCalledTimes(3);
  end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('asks one question at a time, however long an answer takes', async () => {
  ask.mockImplementation(() => new Promise(() => undefined));
  const end = followFeed(7, () => undefined);
  await vi.advanceTimersByTimeAsync(30_000);
  tab.show(false);
  tab.show(true);
  expect(ask).toHaveBeenCalledTimes(1);
  end();
});

test('is silent while the tab is hidden, and asks at once when it is back', async () => {
  const end = followFeed(7, () => undefined);
  tab.show(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).not.toHaveBeenCalled();
  tab.show(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledTimes(1);
  end();
});

test('goes on after errors of the server and of the network', async () => {
  const seen = vi.fn();
  ask
    .mockImplementationOnce(() => answer({}, 500))
    .mockImplementationOnce(() => Promise.reject(new TypeError('away')))
    .mockImplementationOnce(() => Promise.resolve(new Response('<html>', { status: 200 })));
  const end = followFeed(7, seen);
  await vi.advanceTimersByTimeAsync(4100);
  expect(seen).toHaveBeenCalledOnce();
  end();
});

test('says when the feed is no longer there', async () => {
  const seen = vi.fn();
  ask.mockImplementation(() => answer({}, 404));
  const end = followFeed(7, seen);
  await vi.advanceTimersByTimeAsync(1100);
  expect(seen).toHaveBeenCalledWith('missing');
  end();
});

test('hands over nothing that arrives after the end', async () => {
  const seen = vi.fn();
  let arrive: (response: Response) => void = () => undefined;
  ask.mockImplementation(() => new Promise((resolve) => (arrive = resolve)));
  const end = followFeed(7, seen);
  await vi.advanceTimersByTimeAsync(1100);
  end();
  arrive(Response.json({ id: 7 }));
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).not.toHaveBeenCalled();
});
