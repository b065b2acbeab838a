import { answer, Refusal, toJson } from '@/app/api/answer';
import { parseId } from '@/app/ui/parse-id';
import { requestFullText } from '@/lib/service/request-full-text';
import { readFullText } from '@/lib/store/full-texts';
import type { FullTextView } from '@/lib/store/views';

export const dynamic = 'force-dynamic';

type Find = (userId: number, itemId: number) => Promise<FullTextView | null>;

/** 404 for an item that is not the reader's. */
const answerWith = (find: Find) =>
  answer<{ id: string }>(async ({ user, params }) => {
    const id = parseId(params.id, Number.MAX_SAFE_INTEGER);
    const text = id === null ? null : await find(user.id, id);
    if (text === null) throw new Refusal(404, 'not-found', 'There is no such item.');
    return toJson(text);
  });

/** The text of an item's own page, as far as that has come: what a page polls. */
export const GET = answerWith(async (userId, itemId) => (await readFullText(userId, itemId))?.text ?? null);

/** Asks for it; a worker fetches it. */
export const POST = answerWith((userId, itemId) => requestFullText({ userId, itemId }));
