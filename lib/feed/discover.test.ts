import { describe, expect, it } from 'vitest';
import { discoverFeeds } from './discover';

const PAGE = 'https://site.example/blog/post';
const urlsIn = (html: string): string[] => discoverFeeds(html, PAGE).map(({ url }) => url);

describe('discoverFeeds', () => {
  it('offers declared feeds in the order of preference', () => {
    const html = `<head><base href="/blog/">
      <link rel="alternate" type="application/rss+xml" title="Comments on Post" href="post/comments/feed">
      <link rel="alternate" type="application/feed+json" title="JSON" href="/feed.json">
      <link rel="ALTERNATE" type="application/atom+xml" title=" All
        posts " href="atom.xml">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
      <link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" href="/feed.css"></head>`;
    expect(discoverFeeds(html, PAGE)).toEqual([
      { url: 'https://site.example/blog/atom.xml', title: 'All posts', type: 'application/atom+xml' },
      { url: 'https://site.example/feed.json', title: 'JSON', type: 'application/feed+json' },
      {
        url: 'https://site.example/blog/post/comments/feed',
        title: 'Comments on Post',
        type: 'application/rss+xml',
      },
    ]);
  });

  it('knows rel=feed, and feed: addresses', () => {
    expect(
      urlsIn(
        '<link rel="feed" href="feed://site.example/f"><link rel="feed" href="feed:https://site.example/g">',
      ),
    ).toEqual(['http://site.example/f', 'https://site.example/g']);
  });

  it('takes links of the body that look like feeds', () => {
    const html =
      '<p><a href="/about">About feeds</a> <a href="/rss.xml"><img alt="Subscribe"></a> <a href="https://x.example/?format=atom">Atom</a> <a href="/feed/">News <b>feed</b></a> <a href="javascript:rss()">RSS</a></p>';
    expect(urlsIn(html)).toEqual([
      'https://site.example/rss.xml',
      'https://x.example/?format=atom',
      'https://site.example/feed/',
    ]);
  });

  it('guesses only when a page says nothing', () => {
    const guesses = urlsIn('<p>nothing</p>');
    expect(guesses[0]).toBe('https://site.example/blog/post/feed');
    expect(guesses).toContain('https://site.example/feed.xml');
    expect(discoverFeeds('<p>nothing</p>', PAGE).every(({ guessed }) => guessed === true)).toBe(true);
    expect(discoverFeeds('<a href="/rss.xml">RSS</a>', PAGE)[0]?.guessed).toBeUndefined();
    expect(urlsIn('<link rel="alternate" type="application/rss+xml" href="/f">')).toEqual([
      'https://site.example/f',
    ]);
  });

  it('leaves out what is no address, and the page itself', () => {
    expect(
      urlsIn(
        `<link rel="alternate" type="application/rss+xml" href="http://["><link rel="alternate" type="application/rss+xml" href="${PAGE}"><link rel="alternate" type="application/rss+xml" href="/f">`,
      ),
    ).toEqual(['https://site.example/f']);
  });
});
