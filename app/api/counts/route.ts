import { answer, toJson } from '@/app/api/answer';
import { countUnread, findNewestItemId } from '@/lib/store/count-unread';

export const dynamic = 'force-dynamic';

/** How many items of each feed are unread, and the id of the newest item: what an open page polls. */
export const GET = answer(async ({ user }) => {
  const [counts, newestItemId] = await Promise.all([countUnread(user.id), findNewestItemId(user.id)]);
  return toJson({ counts, newestItemId });
});
