import { z } from 'zod';
import { answer, Refusal, readBody, toJson } from '@/app/api/answer';
import { undoMarkAll } from '@/lib/service/mark-items';
import { countUnread } from '@/lib/store/count-unread';

export const dynamic = 'force-dynamic';

const schema = z.object({ undo: z.uuid() });

/** Takes back what /api/mark-read did. */
export const POST = answer(async ({ request, user }) => {
  const { undo } = await readBody(request, schema);
  if (!(await undoMarkAll({ userId: user.id, undo }))) {
    throw new Refusal(410, 'undone', 'This can no longer be undone.');
  }
  return toJson({ counts: await countUnread(user.id) });
});
