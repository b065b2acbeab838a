import { answer, Refusal, toJson } from '@/app/api/answer';
import { parseId } from '@/app/ui/parse-id';
import { toStatusBody } from '@/app/ui/status-body';
import { readFeedStatus } from '@/lib/store/read-feeds';
import { countLiveWorkers } from '@/lib/store/workers';

export const dynamic = 'force-dynamic';

/** Status of one of the reader's feeds (DESIGN section 6); 404 for any other id. */
export const GET = answer<{ id: string }>(async ({ user, params }) => {
  const id = parseId(params.id);
  const status = id === null ? null : await readFeedStatus(user.id, id);
  if (status === null) throw new Refusal(404, 'not-found', 'There is no such feed.');
  return toJson(toStatusBody(status, await countLiveWorkers()));
});
