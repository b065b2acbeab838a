import { describe, expect, it } from 'vitest';
import { parseFeedAddress } from './feed-address';

describe('parseFeedAddress', () => {
  it.each([
    ['https://example.org/feed.xml', 'https://example.org/feed.xml'],
    ['  https://example.org/feed  ', 'https://example.org/feed'],
    ['example.org', 'https://example.org/'],
    ['example.org/feed?a=b', 'https://example.org/feed?a=b'],
    ['//example.org/feed', 'https://example.org/feed'],
    ['example.org:8080/feed', 'https://example.org:8080/feed'],
    ['localhost:3000/feed', 'https://localhost:3000/feed'],
    ['127.0.0.1:8080/feed', 'https://127.0.0.1:8080/feed'],
    ['HTTP://EXAMPLE.org:80/Feed', 'http://example.org/Feed'],
    ['https://example.org:443/', 'https://example.org/'],
    ['https://example.org/a/../feed#top', 'https://example.org/feed'],
    ['feed:https://example.org/feed', 'https://example.org/feed'],
    ['feed:http://example.org/feed', 'http://example.org/feed'],
    ['feed://example.org/feed', 'https://example.org/feed'],
    ['FEED://example.org/feed', 'https://example.org/feed'],
    ['feed:example.org/feed', 'https://example.org/feed'],
    ['bücher.example/feed', 'https://xn--bcher-kva.example/feed'],
    ['https://例え.jp/フィード', 'https://xn--r8jz45g.jp/%E3%83%95%E3%82%A3%E3%83%BC%E3%83%89'],
    ['https://[2001:db8::1]:8080/feed', 'https://[2001:db8::1]:8080/feed'],
    ['https://example.org/a?u=x@y', 'https://example.org/a?u=x@y'],
  ])('%s is %s', (typed, url) => {
    expect(parseFeedAddress(typed)).toEqual({ ok: true, url, host: new URL(url).host });
  });

  it.each([
    ['', /Type or paste/],
    ['   ', /Type or paste/],
    ['not an address', /space/],
    ['https://example.org/a b', /space/],
    ['ftp://example.org/feed', /http and https/],
    ['mailto:me@example.org', /http and https/],
    ['javascript:alert(1)', /http and https/],
    ['data:text/xml,<rss/>', /http and https/],
    ['file:///etc/passwd', /http and https/],
    ['feed:file:///etc/passwd', /not the name of a site/],
    ['https://user:secret@example.org/feed', /user name or a password/],
    ['user@example.org/feed', /user name or a password/],
    ['https://', /not an address/],
    ['https://exa mple.org/', /space/],
    ['https://example.org:99999/', /not an address/],
    ['news', /not the name of a site/],
    [`https://example.org/${'a'.repeat(2048)}`, /too long/],
    [`https://example.org/${'é'.repeat(1000)}`, /too long/],
    ['https://example.org/\u0000', /./],
  ])('%s is refused in one sentence', (typed, says) => {
    const result = parseFeedAddress(typed);
    expect(result.ok ? '' : result.message).toMatch(says);
  });
});
