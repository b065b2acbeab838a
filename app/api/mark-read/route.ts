import { z } from 'zod';
import { answer, Refusal, readBody, toJson } from '@/app/api/answer';
import { cursorSchema, orderSchema, toScope, viewSchema } from '@/app/api/item-view';
import { markAllRead } from '@/lib/service/mark-items';
import { countUnread } from '@/lib/store/count-unread';

export const dynamic = 'force-dynamic';

const schema = z.object({
  view: viewSchema,
  unread: z.boolean().optional(),
  order: orderSchema,
  before: z.iso.datetime({ offset: true }).optional(),
  from: z.object({ cursor: cursorSchema, direction: z.enum(['above', 'below']) }).optional(),
  /** The newest item that the reader can have seen (`newestItemId` of /api/counts). */
  through: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
  /** Names the undo, where whoever asks wants to: asked again by the same name, it is not done again. */
  undo: z.uuid().optional(),
});

/** Marks everything in a list read, or what is older, above or below in it; `undo` takes it back. */
export const POST = answer(async ({ request, user }) => {
  const { view, before, order, from, through, undo: token } = await readBody(request, schema);
  const { undo, marked, counts, tooMany } = await markAllRead({
    userId: user.id,
    scope: toScope(view),
    order,
    before: before === undefined ? undefined : new Date(before),
    from,
    through,
    token,
  });
  if (tooMany) {
    throw new Refusal(
      422,
      'too-many',
      'These are too many to be marked one by one. Mark the whole list instead.',
    );
  }
  return toJson({ undo, marked, counts: counts ?? (await countUnread(user.id)) });
});
