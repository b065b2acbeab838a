import { z } from 'zod';
import { answer, readBody, toJson } from '@/app/api/answer';
import { readItemQuery } from '@/app/api/item-view';
import { MOST_MARKED, markItems } from '@/lib/service/mark-items';
import { countUnread } from '@/lib/store/count-unread';
import { listItems } from '@/lib/store/list-items';

export const dynamic = 'force-dynamic';

const marks = z.object({
  ids: z.array(z.number().int().positive().max(Number.MAX_SAFE_INTEGER)).min(1).max(MOST_MARKED),
  read: z.boolean().optional(),
  starred: z.boolean().optional(),
});

/** A page of a list: `?view=&unread=&order=&cursor=&limit=`. */
export const GET = answer(async ({ request, user }) =>
  toJson(await listItems(user.id, readItemQuery(request.url))),
);

/** Marks items read or unread, starred or not; what is not the reader's is left out. */
export const PATCH = answer(async ({ request, user }) => {
  const { ids, read, starred } = await readBody(request, marks);
  await markItems({ userId: user.id, itemIds: ids, read, starred });
  return toJson({ counts: await countUnread(user.id) });
});
