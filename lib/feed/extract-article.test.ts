import { describe, expect, it } from 'vitest';
import { XSS_ADDRESSES } from '../../test/fixtures/xss';
import { extractArticle } from './extract-article';

const SENTENCE = 'The tide comes in twice a day, and nobody on the quay looks at a clock, or asks why. ';
const PARAGRAPH = `<p>${SENTENCE.repeat(5)}</p>`;
const around = (article: string, head = '') =>
  `<!doctype html><html><head><title>Tides</title>${head}</head><body>
  <nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav>
  <div class="sidebar"><a href="/buy">Buy a boat</a></div>
  <article><h1>Tides</h1>${PARAGRAPH.repeat(4)}${article}</article>
  <footer>All rights reserved</footer></body></html>`;

function extract(page: string | Uint8Array, contentType: string | null = 'text/html', known = 20) {
  const bytes = typeof page === 'string' ? Buffer.from(page) : page;
  return extractArticle({ bytes, contentType, url: 'https://example.org/tides/1', known });
}

const htmlOf = (...asked: Parameters<typeof extract>) => {
  const result = extract(...asked);
  if (result.kind === 'none') throw new Error(result.code);
  return result.html;
};

describe('extractArticle', () => {
  it('leaves out what stands around the article', () => {
    const html = htmlOf(around('<h2>Ebb</h2><pre>low</pre>'));
    expect(html).toContain('nobody on the quay');
    expect(html).toContain('<pre');
    expect(html).not.toMatch(/Buy a boat|About|All rights reserved/);
  });

  it('makes addresses absolute, by the base of the page', () => {
    const body = '<p><a href="b">b</a> and <img src="c.png" alt="c"></p>';
    expect(htmlOf(around(body))).toMatch(
      /https:\/\/example\.org\/tides\/b.*https:\/\/example\.org\/tides\/c\.png/s,
    );
    expect(htmlOf(around(body, '<base href="//other.example/x/">'))).toContain('https://other.example/x/b');
  });

  it.each(['', '<base href="/x/">', '<base href="https://other.example/">'])(
    'keeps notes with what they are about%s',
    (head) => {
      const html = htmlOf(
        around(
          `<p>${SENTENCE}<sup id="fnref1"><a href="#fn1">1</a></sup></p>
          <div class="footnotes"><ol><li id="fn1"><p>${SENTENCE} <a href="#fnref1">back</a></p></li></ol></div>`,
          head,
        ),
      );
      expect(html).toContain('<sup id="note-2"><a href="#note-1">1</a></sup>');
      expect(html).toMatch(/<li id="note-1">.*<a href="#note-2">back<\/a>/s);
    },
  );

  it('brings pictures that a script would have loaded', () => {
    const lazy =
      '<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/boat.jpg" alt="A boat"></figure>';
    expect(htmlOf(around(lazy))).toContain('src="https://example.org/boat.jpg"');
  });

  it('lets nothing run', () => {
    const links = XSS_ADDRESSES.map((address) => `<a href="${address.replaceAll('"', '&quot;')}">link</a>`);
    const html = htmlOf(
      around(`<script>xss()</script><p onclick="xss()" style="position:fixed">${links.join(' ')} text</p>
        <form action="/x"><input name="q"></form><iframe src="javascript:xss()"></iframe><object data="x"></object>
        <svg onload="xss()"><script>xss()</script></svg><p><img src="x.png" onerror="xss()">${SENTENCE}</p>`),
    );
    expect(html).not.toMatch(/<script|<form|<input|<object|<svg|\son[a-z]+=|style=|javascript:|vbscript:/i);
  });

  it.each([
    ['its header', 'text/html; charset=windows-1252', ''],
    ['itself', 'text/html', '<meta charset="windows-1252">'],
    [
      'itself, the old way',
      'text/html',
      '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
    ],
  ])('is read in the charset that %s says', (_who, contentType, head) => {
    const page = Buffer.from(
      around('<p>Où la mer se retire, là où l’été reste.</p>', head).replace('’', "'"),
      'latin1',
    );
    expect(htmlOf(page, contentType)).toContain("Où la mer se retire, là où l'été reste.");
  });

  it.each([
    ['a picture', 'not-a-page', 'GIF89a', 'image/gif'],
    ['a text', 'not-a-page', SENTENCE.repeat(9), 'text/html'],
    ['an empty page', 'not-a-page', '', 'text/html'],
    ['a page of links', 'no-article', '<html><body><a href="/a">a</a><a href="/b">b</a></body></html>', null],
    ['an endless nest', 'no-article', `${'<div>'.repeat(20_000)}${PARAGRAPH}`, 'text/html'],
    ['a page of too many parts', 'no-article', around('<b>a</b>'.repeat(100_001)), 'text/html'],
  ])('%s is none', (_name, code, page, contentType) => {
    const result = extract(page, contentType);
    expect(result.kind === 'none' && result.code).toBe(code);
  });

  it('says where the page has no more than the feed', () => {
    expect(extract(around(''), 'text/html', 5000)).toEqual({ kind: 'none', code: 'nothing-more' });
  });

  it('reads a page without a frame', () => {
    expect(htmlOf(`<article>${PARAGRAPH.repeat(4)}</article>`)).toContain('nobody on the quay');
  });
});
