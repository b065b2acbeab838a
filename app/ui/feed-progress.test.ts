import { expect, test } from 'vitest';
import { feedHeadline, isAbandoned } from './feed-headline';
import { currentStep, type FeedStatusBody, isUnsettled, needsRefresh } from './feed-progress';

const READY: FeedStatusBody = {
  id: 1,
  status: 'ready',
  stage: null,
  title: 'Title',
  itemCount: 3,
  attempt: 0,
  error: null,
  lastFetchedAt: '2026-01-01T00:00:00.000Z',
  nextFetchAt: null,
  waiting: false,
  waitedSeconds: null,
  workersAlive: 1,
};
const QUEUED: FeedStatusBody = {
  ...READY,
  status: 'queued',
  itemCount: 0,
  lastFetchedAt: null,
  waiting: true,
  waitedSeconds: 3,
};

test('a feed is unsettled before its first fetch, and while somebody waits for another', () => {
  expect(isUnsettled(READY)).toBe(false);
  expect(isUnsettled(QUEUED)).toBe(true);
  expect(isUnsettled({ ...READY, status: 'failing' })).toBe(false);
  expect(isUnsettled({ ...READY, status: 'failing', waiting: true })).toBe(true);
  // A refresh in the background is nobody's business.
  const inBackground: FeedStatusBody = { ...READY, stage: 'downloading' };
  expect(isUnsettled(inBackground)).toBe(false);
});

test('the steps follow the stage', () => {
  expect(currentStep(QUEUED)).toBe(0);
  expect(currentStep({ ...QUEUED, stage: 'saving' })).toBe(4);
});

test('a page is rendered anew for what it shows, not for a stage', () => {
  expect(needsRefresh(QUEUED, { ...QUEUED, status: 'fetching', stage: 'connecting' })).toBe(false);
  expect(needsRefresh(QUEUED, { ...QUEUED, title: 'Another' })).toBe(true);
  expect(needsRefresh(QUEUED, READY)).toBe(true);
});

test('waiting without a worker is said plainly', () => {
  expect(isAbandoned({ ...QUEUED, workersAlive: 0 })).toBe(true);
  expect(feedHeadline({ ...QUEUED, workersAlive: 0 }, false)).toBe('No worker is running');
  expect(feedHeadline(QUEUED, false)).toBe('Waiting for a worker');
  expect(feedHeadline({ ...QUEUED, status: 'fetching', stage: 'parsing' }, false)).toBe('Parsing');
});

test('a failing feed is headed by its reason', () => {
  const error = { code: 'timeout', message: 'It did not answer.' };
  expect(feedHeadline({ ...READY, status: 'failing', error }, false)).toBe('It did not answer.');
});
