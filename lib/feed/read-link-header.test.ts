import { describe, expect, it } from 'vitest';
import { readLinkHeader } from './read-link-header';

const read = (header: string | null) => readLinkHeader(header, 'https://example.org/feed');

describe('readLinkHeader', () => {
  it.each([
    '<https://hub.example/>; rel="hub", <https://example.org/feed.xml>; rel="self"',
    '</feed.xml>;rel=self;type="a, b; rel=hub",<https://hub.example/>;title="x>";rel=HUB',
    '<https://hub.example/>; rel="alternate hub", <feed.xml>; rel="self", <https://other.example/>; rel=hub',
  ])('%s', (header) =>
    expect(read(header)).toEqual({
      hubUrl: 'https://hub.example/',
      selfUrl: 'https://example.org/feed.xml',
    }),
  );
  it.each([
    null,
    '',
    'https://hub.example/; rel=hub',
    '<https://hub.example/>',
    '<x>; rel=next',
    '<'.repeat(100_000),
  ])('nothing else names a hub', (header) => expect(read(header)).toEqual({ hubUrl: null, selfUrl: null }));
});
