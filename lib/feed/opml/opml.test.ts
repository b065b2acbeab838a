import fc from 'fast-check';
import { parseOpml } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { readFeedList } from './read-feed-list';
import { type ExportedFeed, writeOpml } from './write-opml';

const read = (text: string | Buffer) => readFeedList(typeof text === 'string' ? Buffer.from(text) : text);

function readAll(text: string | Buffer) {
  const list = read(text);
  if (list.kind === 'refused') throw new Error(list.message);
  return list;
}

const opml = (body: string, head = '<?xml version="1.0"?>') =>
  `${head}<opml version="2.0"><head><title>x</title></head><body>${body}</body></opml>`;

const FEED = { address: 'http://a.example/', title: 'A', siteUrl: null, folder: null };
const A = '<outline text="A" xmlUrl="http://a.example/"/>';

describe('readFeedList', () => {
  it('reads feeds, sites, titles and nested folders', () => {
    const list = readAll(
      opml(
        `${A}<outline text="Tech"><outline text="Web &amp; co"><outline title="B" type="rss" xmlUrl="https://b.example/f?x=1&amp;y=2" htmlUrl="https://b.example/"/></outline>${A}</outline><outline text="Empty"/>`,
      ),
    );
    expect(list.feeds).toEqual([
      FEED,
      {
        address: 'https://b.example/f?x=1&y=2',
        title: 'B',
        siteUrl: 'https://b.example/',
        folder: 'Tech / Web & co',
      },
      { ...FEED, folder: 'Tech' },
    ]);
    expect(list.folders).toEqual(['Tech / Web & co', 'Tech', 'Empty']);
  });

  it.each([
    'text="https://a.example/f"',
    'text="https://a.example/f" title="https://a.example/f"',
    'text="a.example/f/"',
  ])('takes an address for no name: %s', (names) => {
    const [feed] = readAll(opml(`<outline type="rss" ${names} xmlUrl="https://a.example/f"/>`)).feeds;
    expect(feed).toMatchObject({ address: 'https://a.example/f', title: null });
  });

  it.each([
    ['upper case', '<OPML VERSION="1.0"><BODY><OUTLINE TEXT="A" XMLURL="http://a.example/"/></BODY></OPML>'],
    ['no body', `<opml version="1.0">${A}</opml>`],
    ['no root', A],
    ['a prefix', '<o:opml xmlns:o="x"><o:outline text="A" xmlUrl="http://a.example/"/></o:opml>'],
    ['two bodies', `<opml><body></body><body>${A}</body></opml>`],
    ['cut off in a tag', `${opml(A).replace('</body></opml>', '')}<outline text="B" xmlU`],
    ['a warning in front', `PHP Warning: x on line 3\n${opml(A)}`],
    ['values without quotes', opml('<outline text=A xmlUrl=http://a.example/ />')],
    ['single quotes', opml("<outline text='A' xmlUrl='http://a.example/'/>")],
    ['url instead of xmlUrl', opml('<outline text="A" type="link" url="http://a.example/"/>')],
    ['a site only', opml('<outline text="A" htmlUrl="http://a.example/"/>')],
    ['a title only', opml('<outline title=" A&#10;" xmlUrl=" http://a.example/ "/>')],
    ['a comment', opml(`<!-- ${A} --><outline isComment="true" xmlUrl="http://c.example/"/>${A}`)],
    ['a list to include', opml(`<outline type="include" url="http://c.example/list.opml"/>${A}`)],
    ['UTF-16', Buffer.from(`\ufeff${opml(A)}`, 'utf16le')],
    ['control characters', opml(A.replace('A', 'A\u0001'))],
  ])('reads a document with %s', (_what, document) => {
    const [feed, ...rest] = readAll(document).feeds;
    expect({ ...feed, siteUrl: null }).toEqual(FEED);
    expect(rest).toEqual([]);
  });

  it('reads titles in a charset that is declared, and in the one that is meant', () => {
    const named = (title: string) =>
      opml(A.replace('"A"', `"${title}"`), '<?xml version="1.0" encoding="ISO-8859-1"?>');
    expect(readAll(Buffer.from(named('Café'), 'latin1')).feeds[0]?.title).toBe('Café');
    expect(readAll(Buffer.from(named('漢字の見出し'), 'utf8')).feeds[0]?.title).toBe('漢字の見出し');
  });

  it('keeps outlines inside a feed that nobody closed', () => {
    const list = readAll(
      opml(
        '<outline text="F"><outline text="A" xmlUrl="http://a.example/"><outline text="B" xmlUrl="http://b.example/">',
      ),
    );
    expect(list.feeds.map(({ address, folder }) => [address, folder])).toEqual([
      ['http://a.example/', 'F'],
      ['http://b.example/', 'F'],
    ]);
  });

  it('names a feed without an address, so that it can be told', () => {
    expect(readAll(opml(`<outline type="rss" text="Lost"/>${A}`)).feeds[0]).toEqual({
      address: '',
      title: 'Lost',
      siteUrl: null,
      folder: null,
    });
  });

  it('reads addresses, one a line', () => {
    const list = readAll('# mine\r\nexample.org\r\n\r\n  https://b.example/feed  \nnot an address\n');
    expect(list.feeds.map((feed) => feed.address)).toEqual([
      'example.org',
      'https://b.example/feed',
      'not an address',
    ]);
  });

  it.each([
    ['', /empty/],
    [' \n', /empty/],
    [opml(''), /no feed in this file/],
    [opml('<outline text="Folder"/>'), /no feed in this file/],
    ['<rss version="2.0"><channel/></rss>', /a feed, not a list/],
    ['<!doctype html><html><body>x</body></html>', /a web page/],
    ['{"a": 1}', /not a list of feeds/],
    ['hello\nworld', /not a list of feeds/],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2]), /not a list of feeds/],
  ])('refuses %j in one sentence', (document, says) => {
    const list = read(document);
    expect(list.kind === 'refused' ? list.message : list).toMatch(says);
  });

  it('bounds what a hostile file costs', () => {
    const laughs = Array.from(
      { length: 9 },
      (_, index) => `<!ENTITY l${index + 1} "${`&l${index || ''};`.repeat(10)}">`,
    );
    const documents = [
      opml(
        '<outline text="&l9;" xmlUrl="http://a.example/"/>',
        `<!DOCTYPE x [<!ENTITY l "lol">${laughs.join('')}]>`,
      ),
      opml(
        '<outline text="&me;" xmlUrl="http://a.example/"/>',
        '<!DOCTYPE x [<!ENTITY me SYSTEM "file:///etc/passwd">]>',
      ),
      opml(`${'<outline text="deep">'.repeat(100_000)}${A}`),
      opml(`<outline ${'a="b" '.repeat(300_000)} xmlUrl="http://a.example/"/>`),
      opml(`<outline text="${'&amp;'.repeat(500_000)}" xmlUrl="http://a.example/"/>`),
      `${opml(A)}${'<'.repeat(1_000_000)}`,
      opml('<outline text="'.repeat(100_000)),
      A.repeat(200_000),
      'example.org\n'.repeat(800_000),
    ];
    for (const document of documents) {
      const begun = performance.now();
      const list = read(document);
      expect(performance.now() - begun).toBeLessThan(5000);
      if (list.kind === 'refused') continue;
      expect(list.feeds.length).toBeLessThanOrEqual(20_000);
      for (const { title, folder } of list.feeds) {
        expect(title?.length ?? 0).toBeLessThanOrEqual(200);
        expect(folder?.length ?? 0).toBeLessThanOrEqual(200);
      }
    }
  });
});

const name = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.replace(/[\p{Cc}\p{Cn}\p{Co}\p{Surrogate}\ufeff]|\s+/gu, ' ').trim())
  .filter((text) => text !== '');
const exported: fc.Arbitrary<ExportedFeed> = fc.record({
  url: fc.webUrl({ withQueryParameters: true }),
  title: fc.option(name),
  siteUrl: fc.option(fc.webUrl()),
  folder: fc.option(fc.constantFrom('Tech', 'A & "B" <c>', 'Übung / 漢字')),
});

describe('writeOpml', () => {
  it('writes what is read back the same, by us and by another', () => {
    fc.assert(
      fc.property(fc.array(exported, { minLength: 1, maxLength: 20 }), (feeds) => {
        const folders = [...new Set(feeds.flatMap(({ folder }) => folder ?? []))];
        const document = writeOpml(feeds, folders, new Date(0));
        const ordered = [null, ...folders].flatMap((folder) =>
          feeds.filter((feed) => feed.folder === folder),
        );
        const list = readAll(document);
        expect(list.feeds.map(({ address, ...rest }) => ({ url: address, ...rest }))).toEqual(ordered);
        expect(list.folders.sort()).toEqual(folders.sort());
        const outlines = parseOpml(document).body?.outlines ?? [];
        const flat = outlines.flatMap((outline) => (outline.xmlUrl ? [outline] : (outline.outlines ?? [])));
        expect(flat.map((outline) => outline.xmlUrl)).toEqual(ordered.map((feed) => feed.url));
      }),
      { numRuns: 300 },
    );
  });

  it('writes an address in the place of a name that a feed does not have yet; a reader may choose the same', () => {
    const url = `https://a.example/${'long/'.repeat(50)}`;
    const feed = { url: 'https://a.example/feed/', siteUrl: null, folder: null };
    const titles = [null, 'a.example/feed'];
    const document = writeOpml(
      [...titles.map((title) => ({ ...feed, title })), { ...feed, url, title: null }],
      [],
      new Date(0),
    );
    expect(parseOpml(document).body?.outlines?.map(({ text }) => text)).toEqual([
      'a.example/feed',
      'a.example/feed',
      url.slice('https://'.length, -1),
    ]);
    expect(readAll(document).feeds.map(({ title }) => title)).toEqual([...titles, null]);
  });

  it('leaves out what XML has no place for, and keeps folders without feeds', () => {
    const feed = { url: 'https://a.example/', title: 'A\u0001\ud800 \ufffe!', siteUrl: null, folder: null };
    const document = writeOpml([feed], ['Empty'], new Date(0));
    expect(document).toContain('title="A !"');
    expect(readAll(document).folders).toEqual(['Empty']);
  });

  it('writes a list of nothing', () => {
    const document = writeOpml([], [], new Date(0));
    expect(document).toContain('<dateCreated>Thu, 01 Jan 1970 00:00:00 GMT</dateCreated>');
    expect(() => readAll(document)).toThrow('There is no feed in this file.');
    expect(parseOpml(document).head?.title).toBe('Subscriptions in Tidings');
  });
});
