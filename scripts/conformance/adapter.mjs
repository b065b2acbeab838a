import { register } from 'tsx/esm/api';

register();
const { parseFeed } = await import('../../lib/feed/parse-feed.ts');

/** The corpus harness's view of `parseFeed`: bytes in, a feed out, a throw for what is no feed. */
export default function adapt(bytes, contentType, url) {
  const { title, link, description, items } = parseFeed(bytes, {
    contentType: contentType ?? null,
    url: url ?? '',
  });
  return { feed: { title, link, description }, entries: items };
}
