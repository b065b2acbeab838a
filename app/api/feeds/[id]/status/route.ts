import { parseId } from '@/app/ui/parse-id';
import { toStatusBody } from '@/app/ui/status-body';
import { currentUser } from '@/lib/auth/current-user';
import { readFeedStatus } from '@/lib/store/read-feeds';
import { countLiveWorkers } from '@/lib/store/workers';

export const dynamic = 'force-dynamic';

const NO_STORE = { 'Cache-Control': 'no-store' };

/** Status of one of the reader's feeds (DESIGN section 6); 404 for any other id. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const id = parseId((await params).id);
  const user = await currentUser();
  const status = id === null ? null : await readFeedStatus(user.id, id);
  if (status === null) {
    const error = { code: 'not-found', message: 'There is no such feed.' };
    return Response.json({ error }, { status: 404, headers: NO_STORE });
  }
  return Response.json(toStatusBody(status, await countLiveWorkers()), { headers: NO_STORE });
}
