import { answer } from '@/app/api/answer';
import { packFeedList } from '@/app/ui/pack-feeds';
import { readNavFeeds } from '@/lib/service/read-nav-feeds';
import { readOverview } from '@/lib/store/count-unread';
import { listFolders } from '@/lib/store/read-folders';

export const dynamic = 'force-dynamic';

/** A year, in seconds. */
const FOR_EVER = 31_536_000;

/**
 * The feeds and folders of a reader, for whoever has too many for each page to bring along, and for pages that are open
 * while they change: `?version=`. An address names what they were: a browser that has them need not ask again.
 */
export const GET = answer(async ({ request, user }) => {
  const { feedsVersion } = await readOverview(user.id);
  const [feeds, folders] = await Promise.all([readNavFeeds(user.id, feedsVersion), listFolders(user.id)]);
  const holds = new URL(request.url).searchParams.get('version') === feedsVersion;
  const caching = holds ? `private, max-age=${FOR_EVER}, immutable` : 'no-store';
  return new Response(packFeedList({ version: feedsVersion, feeds, folders }), {
    headers: { 'Cache-Control': caching, 'Content-Type': 'application/json' },
  });
});
