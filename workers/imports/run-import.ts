import type { FeedList, ListedFeed } from '@/lib/feed/opml/types';
import { metrics } from '@/lib/ops/metrics';
import { parseFeedAddress } from '@/lib/service/feed-address';
import { type NewImportRow, settleTitles, subscribeNextRows, writeImportRows } from '@/lib/store/import-rows';
import {
  type ClaimedImport,
  finishImport,
  handBackImport,
  readImportFile,
  refuseImport,
} from '@/lib/store/imports';

/** A file that was taken so often, and not read, has ended as many workers. */
const MAX_ATTEMPTS = 5;

type ReadList = (bytes: Uint8Array) => Promise<FeedList>;

function toRow(feed: ListedFeed): NewImportRow {
  if (feed.address === '') {
    return { ...feed, url: null, host: null, message: 'The file has no address for this feed.' };
  }
  const address = parseFeedAddress(feed.address);
  return address.ok
    ? { ...feed, url: address.url, host: address.host, message: null }
    : { ...feed, url: null, host: null, message: address.message };
}

/** @returns whether there are rows to subscribe to. */
async function readRows(held: ClaimedImport, readList: ReadList): Promise<boolean> {
  const bytes = held.attempts > MAX_ATTEMPTS ? null : await readImportFile(held);
  const list: FeedList =
    bytes === null
      ? { kind: 'refused', message: 'The file could not be read, however often it was tried.' }
      : await readList(bytes);
  metrics.imports.inc({ result: list.kind });
  if (list.kind === 'refused') {
    await refuseImport(held, list.message);
    return false;
  }
  await writeImportRows(held, {
    rows: list.feeds.map(toRow),
    folders: list.folders,
    message: list.cut
      ? `Only the first ${list.feeds.length.toLocaleString('en')} feeds were taken: the file has more.`
      : null,
  });
  return true;
}

/**
 * Takes an import one stage further than it is, and on to its end unless the worker stops: what is done is in the
 * rows, and whoever takes the import next goes on from there.
 */
export async function runImport(held: ClaimedImport, readList: ReadList, signal: AbortSignal): Promise<void> {
  if (held.stage === 'SETTLING') return settleTitles(held);
  if (held.stage === 'READING' && !(await readRows(held, readList))) return;
  for (;;) {
    if (signal.aborted) return handBackImport(held);
    const done = await subscribeNextRows(held);
    if (done === null) return;
    if (done === 0) return finishImport(held);
  }
}
