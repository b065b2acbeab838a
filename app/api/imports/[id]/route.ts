import { answer, Refusal, toJson } from '@/app/api/answer';
import { parseId } from '@/app/ui/parse-id';
import { readImport } from '@/lib/store/read-imports';

export const dynamic = 'force-dynamic';

/** How far one of the reader's imports is; 404 for any other id. */
export const GET = answer<{ id: string }>(async ({ user, params }) => {
  const id = parseId(params.id);
  const found = id === null ? null : await readImport(user.id, id);
  if (found === null) throw new Refusal(404, 'not-found', 'There is no such import.');
  return toJson(found);
});
