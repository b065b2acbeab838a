import { describe, expect, it } from 'vitest';
import { feedUrlForSite } from './known-sites';

const CASES: [string, string | null][] = [
  ['https://www.youtube.com/channel/UCabc', 'https://www.youtube.com/feeds/videos.xml?channel_id=UCabc'],
  ['https://youtube.com/playlist?list=PLabc', 'https://www.youtube.com/feeds/videos.xml?playlist_id=PLabc'],
  ['https://m.youtube.com/user/name', 'https://www.youtube.com/feeds/videos.xml?user=name'],
  ['https://www.youtube.com/@handle', null],
  ['https://www.youtube.com/feeds/videos.xml?channel_id=UCabc', null],
  ['https://old.reddit.com/r/typescript/', 'https://www.reddit.com/r/typescript/.rss'],
  ['https://www.reddit.com/r/a/top/?t=week', 'https://www.reddit.com/r/a/top/.rss?t=week'],
  ['https://www.reddit.com/user/name', 'https://www.reddit.com/user/name/.rss'],
  ['https://www.reddit.com/r/a/.rss', null],
  ['https://github.com/owner', 'https://github.com/owner.atom'],
  ['https://github.com/owner/repo', 'https://github.com/owner/repo/releases.atom'],
  ['https://github.com/owner/repo.git', 'https://github.com/owner/repo/releases.atom'],
  ['https://github.com/owner/repo/tags', 'https://github.com/owner/repo/tags.atom'],
  ['https://github.com/owner/repo/commits/main', 'https://github.com/owner/repo/commits/main.atom'],
  ['https://github.com/owner/repo/releases.atom', null],
  ['https://github.com/owner/repo/issues/1', null],
  ['https://github.com/explore', null],
  ['https://gitlab.com/group/sub/project', 'https://gitlab.com/group/sub/project.atom'],
  ['https://gitlab.com/group/project/-/releases', 'https://gitlab.com/group/project/-/releases?format=atom'],
  ['https://codeberg.org/owner/repo/releases', 'https://codeberg.org/owner/repo/releases.atom'],
  ['https://mastodon.example/@name', 'https://mastodon.example/@name.rss'],
  ['https://mastodon.example/@name@other.example', null],
  ['https://mastodon.example/@name.rss', null],
  ['https://bsky.app/profile/name.bsky.social', 'https://bsky.app/profile/name.bsky.social/rss'],
  ['https://medium.com/@name', 'https://medium.com/feed/@name'],
  ['https://medium.com/publication/some-post', 'https://medium.com/feed/publication'],
  ['https://name.medium.com/', 'https://name.medium.com/feed'],
  ['https://name.substack.com/', 'https://name.substack.com/feed'],
  ['https://name.substack.com/archive', 'https://name.substack.com/feed'],
  ['https://name.tumblr.com/', 'https://name.tumblr.com/rss'],
  ['https://name.wordpress.com', 'https://name.wordpress.com/feed/'],
  ['https://name.blogspot.co.uk/', 'https://name.blogspot.co.uk/feeds/posts/default'],
  ['https://stackoverflow.com/questions/tagged/typescript', 'https://stackoverflow.com/feeds/tag/typescript'],
  ['https://unix.stackexchange.com/questions/1/title', 'https://unix.stackexchange.com/feeds/question/1'],
  ['https://stackoverflow.com/users/1/name', 'https://stackoverflow.com/feeds/user/1'],
  ['https://news.ycombinator.com/', 'https://news.ycombinator.com/rss'],
  ['https://example.org/feed', null],
  ['ftp://github.com/owner', null],
  ['not an address', null],
];

describe('feedUrlForSite', () => {
  it.each(CASES)('%s -> %s', (url, expected) => {
    expect(feedUrlForSite(url)).toBe(expected);
  });

  it('leads from no feed that it names to another', () => {
    for (const [, feed] of CASES) if (feed) expect(feedUrlForSite(feed)).toBeNull();
  });
});
