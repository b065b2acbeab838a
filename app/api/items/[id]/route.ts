import { answer, Refusal, toJson } from '@/app/api/answer';
import { parseId } from '@/app/ui/parse-id';
import { readItem } from '@/lib/store/read-items';

export const dynamic = 'force-dynamic';

/** An item that the reader subscribes to or has starred; 404 for any other id. */
export const GET = answer<{ id: string }>(async ({ user, params }) => {
  const id = parseId(params.id, Number.MAX_SAFE_INTEGER);
  const item = id === null ? null : await readItem(user.id, id);
  if (item === null) throw new Refusal(404, 'not-found', 'There is no such item.');
  return toJson(item);
});
