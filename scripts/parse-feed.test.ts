import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const LINK = 'https://a.example/1?id=2&utm_source=rss';
const FEED = `<rss version="2.0"><channel><title>Cats</title><item><title>One</title><link>${LINK.replace('&', '&amp;')}</link>
<description>&lt;p onclick="x()"&gt;Purr&lt;/p&gt;&lt;img src="/cat.png"&gt;</description></item></channel></rss>`;

describe('npm run parse-feed', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-parse-'));
    writeFileSync(join(folder, 'feed.xml'), FEED);
    writeFileSync(join(folder, 'page.html'), '<!doctype html><title>A page</title><p>Text');
    return () => rmSync(folder, { recursive: true });
  });

  function parse(args: string[], input = '') {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'scripts/parse-feed.ts', ...args],
      { input, encoding: 'utf8' },
    );
    const lines = stdout.split('\n').filter((line) => line !== '');
    return { status, stderr, documents: lines.map((line) => JSON.parse(line)) };
  }

  it('prints what is stored of a document, or with --raw what the feed has', () => {
    const stored = parse(['--url', 'https://a.example/feed', join(folder, 'feed.xml')]);
    expect(stored.status).toBe(0);
    const [entry] = stored.documents[0].entries;
    expect(stored.documents[0]).toMatchObject({
      ok: true,
      error: null,
      feed: { title: 'Cats' },
      warnings: [],
    });
    expect(entry).toMatchObject({
      title: 'One',
      link: 'https://a.example/1?id=2',
      id: null,
      published: null,
    });
    expect(entry.content ?? entry.summary).not.toContain('onclick');
    expect(entry.content ?? entry.summary).toContain('src="https://a.example/cat.png"');
    const raw = parse(['--raw', '--url', 'https://a.example/feed', '-'], FEED);
    expect(raw.documents[0]).toMatchObject({ file: '-', entries: [{ link: LINK }] });
    expect(JSON.stringify(raw.documents[0].entries)).toContain('onclick');
  });

  it('reads a list of cases, a line each with its id, and tells by its status that one failed', () => {
    const cases = [
      { id: 'a feed', file: join(folder, 'feed.xml'), contentType: 'text/xml', url: 'https://a.example/' },
      { id: 'a page', file: join(folder, 'page.html'), contentType: 'text/html', url: 'https://a.example/' },
      { id: 'nothing', file: join(folder, 'nothing.xml'), contentType: null, url: '' },
    ];
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
    const { status, documents } = parse(['--cases', join(folder, 'cases.json')]);
    expect(status).toBe(1);
    expect(documents).toMatchObject([
      { id: 'a feed', ok: true, error: null },
      { id: 'a page', ok: false, error: { code: 'not-a-feed' }, feed: null },
      { id: 'nothing', ok: false, error: { code: 'unreadable' }, feed: null },
    ]);
  });

  it.each([[['--bogus']], [[]], [['--cases', '/dev/null']]])('refuses %j with the usage', (args) => {
    const { status, stderr, documents } = parse(args);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage: npm run');
    expect(documents).toEqual([]);
  });
});
