import { createHash } from 'node:crypto';
import { answer } from '@/app/api/answer';
import { readOverview } from '@/lib/store/count-unread';

export const dynamic = 'force-dynamic';

/**
 * How many items of each feed are unread, the id of the newest item, and what names the list of feeds as it is now
 * (/api/feed-list): what every open page asks for again and again. The browser keeps the answer and is told, in a few
 * bytes, that it still holds.
 */
export const GET = answer(async ({ request, user }) => {
  const body = JSON.stringify(await readOverview(user.id));
  const etag = `"${createHash('sha256').update(`${user.id} ${body}`).digest('base64url').slice(0, 22)}"`;
  const headers = { 'Cache-Control': 'private, no-cache', ETag: etag };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, 'Content-Type': 'application/json' } });
});
