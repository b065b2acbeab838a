import { answer } from '@/app/api/answer';
import { packFeeds } from '@/app/ui/pack-feeds';
import { readNavFeeds } from '@/lib/service/read-nav-feeds';
import { readOverview } from '@/lib/store/count-unread';

export const dynamic = 'force-dynamic';

/** A year, in seconds. */
const FOR_EVER = 31_536_000;

/**
 * The feeds of whoever has too many for each page to bring along: `?version=`. An address names what they were when the
 * page was made: a browser that has them need not ask again.
 */
export const GET = answer(async ({ request, user }) => {
  const { feedsVersion } = await readOverview(user.id);
  const feeds = packFeeds(await readNavFeeds(user.id, feedsVersion));
  const holds = new URL(request.url).searchParams.get('version') === `${user.id}-${feedsVersion}`;
  const caching = holds ? `private, max-age=${FOR_EVER}, immutable` : 'no-store';
  return new Response(feeds, { headers: { 'Cache-Control': caching, 'Content-Type': 'application/json' } });
});
