import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { XSS_PAYLOADS } from '@/test/fixtures/xss';
import { ALLOWED_TAGS } from './allow-list';
import { sanitiseHtml } from './sanitise-html';

const BASE = 'https://example.org/posts/1';

/** What is wrong with sanitised HTML, looked at by a parser of its own. */
function findDanger(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!ALLOWED_TAGS.includes(name)) found.push(`<${name}>`);
      for (const [key, value] of Object.entries(attributes)) {
        if (key === 'id' && /^note-\d{1,4}$/.test(value)) continue;
        if (/^on|^style$|^srcdoc$|^id$|^name$|^class$|^form|:/.test(key)) found.push(`${name} ${key}`);
        if (
          /^(?:href|src|srcset|poster|cite)$/.test(key) &&
          !/^(?:https?:|mailto:|tel:|#note-\d{1,4}$|data:image\/(?:png|gif|jpe?g|webp|avif|bmp))/i.test(value)
        )
          found.push(`${key}=${value}`);
      }
    },
    oncomment: () => found.push('comment'),
    onprocessinginstruction: (name) => found.push(name),
  });
  parser.end(html);
  return found;
}

describe('sanitiseHtml', () => {
  it.each(XSS_PAYLOADS)('leaves nothing that runs in %j', (payload) => {
    for (const html of [
      payload,
      `<p>before ${payload} after</p>`,
      `<div><ul><li>${payload}`,
      `<table><tr><td>${payload}</table>`,
    ]) {
      const clean = sanitiseHtml(html, BASE);
      expect(findDanger(clean)).toEqual([]);
      expect(findDanger(sanitiseHtml(clean, BASE))).toEqual([]);
    }
  });

  it('finds nothing dangerous in any combination of payloads', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...XSS_PAYLOADS), { minLength: 2, maxLength: 5 }),
        fc.nat(40),
        (payloads, cut) => {
          const html = payloads.join('').slice(cut);
          expect(findDanger(sanitiseHtml(html, BASE))).toEqual([]);
        },
      ),
      { seed: 11, numRuns: 1500 },
    );
  });

  it('keeps what articles are made of', () => {
    const html =
      '<h2>T</h2><p lang="fr">a <em>b</em> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p><math display="block"><mfrac><mn>1</mn><mi>x</mi></mfrac></math><pre tabindex="0"><code>if (a &lt; b)</code></pre><table><tbody><tr><td colspan="2">x</td></tr></tbody></table>';
    expect(sanitiseHtml(html, BASE)).toBe(html);
  });

  it('makes links and pictures safe, absolute and lazy', () => {
    expect(sanitiseHtml('<a href="/x">y</a>', BASE)).toBe(
      '<a href="https://example.org/x" rel="noopener noreferrer" target="_blank">y</a>',
    );
    expect(sanitiseHtml('<a href="#note">y</a>', BASE)).toContain('href="https://example.org/posts/1#note"');
    const image = sanitiseHtml('<img src="a.png" srcset="b.png 2x, /c.png 3x" alt="" onerror=x>', BASE);
    expect(image).toBe(
      '<img src="https://example.org/posts/a.png" srcset="https://example.org/posts/b.png 2x, https://example.org/c.png 3x" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer" />',
    );
  });

  const out = (href: string) => `href="${href}" rel="noopener noreferrer" target="_blank"`;

  it('leads from a note to what it is about, and back', () => {
    const html = (href: string) =>
      `<p>x<sup id="fnref:1"><a href="${href}#fn:1">1</a></sup></p><ol><li id="fn:1">n <a name="b" href="#fnref:1">↩</a></li></ol>`;
    const tied =
      '<p>x<sup id="note-2"><a href="#note-1">1</a></sup></p><ol><li id="note-1">n <a href="#note-2">↩</a></li></ol>';
    for (const own of ['', BASE, 'http://example.org/posts/1/', '/posts/1', '1'])
      expect(sanitiseHtml(html(own), BASE)).toBe(tied);
    for (const other of ['https://example.org/posts/2', 'https://a.example/posts/1', `${BASE}?a=1`])
      expect(sanitiseHtml(html(other), BASE)).toContain(out(`${other}#fn:1`));
    // The same of what only sanitize-html reads.
    expect(sanitiseHtml(html('').replace('<p>', '<P>'), BASE)).toBe(tied);
    expect(sanitiseHtml(html(''), '')).toBe(tied);
    expect(sanitiseHtml('<a href="#b">x</a><a name="b">y</a>', BASE)).toBe(
      '<a href="#note-1">x</a><a id="note-1">y</a>',
    );
  });

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'location',
    'a&quot; onclick=&quot;x()',
    'x y',
    'é',
    'a%',
    'n'.repeat(7000),
  ])('makes an id of its own of %.20s', (id) => {
    expect(sanitiseHtml(`<a href="#${id}">x</a><p id="${id}">y</p>`, BASE)).toBe(
      '<a href="#note-1">x</a><p id="note-1">y</p>',
    );
    expect(sanitiseHtml(`<p id="${id}">y</p><a href="#z">x</a>`, BASE)).toBe(
      `<p>y</p><a ${out(`${BASE}#z`)}>x</a>`,
    );
  });

  it('finds the place of a link that is written in percent', () => {
    const tied = '<a href="#note-1">x</a><h2 id="note-1">y</h2>';
    expect(sanitiseHtml('<a href="#%E6%BD%AE">x</a><h2 id="潮">y</h2>', BASE)).toBe(tied);
    expect(sanitiseHtml('<a href="#%E6%BD%AE">x</a><h2 id="%e6%bd%ae">y</h2>', BASE)).toBe(tied);
  });

  it('leads to the first of several, among those that are shown', () => {
    expect(
      sanitiseHtml(
        '<a href="#a">x</a><script id="a"></script><img id="a" width="1" height="1" src="/p.gif"><b id="a">1</b><i id="a">2</i>',
        BASE,
      ),
    ).toBe('<a href="#note-1">x</a><b id="note-1">1</b><i>2</i>');
  });

  it('leads to the original where the text does not have what is named', () => {
    for (const there of [
      '',
      '<script id="a"></script>',
      '<p>id="note-1"</p>',
      '<p title=\' id="note-1"\'></p>',
    ])
      expect(sanitiseHtml(`<a href="#a&quot;&amp;b" title="t">x</a>${there}`, BASE)).toContain(
        `<a ${out(`${BASE}#a%22&amp;b`)} title="t">x</a>`,
      );
    expect(sanitiseHtml('<a href="#a">x</a>', '')).toBe('<a>x</a>');
    for (const href of ['#', 'javascript:x()#a', `#${'a'.repeat(9000)}`])
      expect(sanitiseHtml(`<a href="${href}">x</a><p id="a">y</p>`, BASE)).not.toContain('note');
  });

  it('lets the keyboard reach code, and nothing else', () => {
    expect(sanitiseHtml('<pre>a  b</pre>', BASE)).toBe('<pre tabindex="0">a  b</pre>');
    expect(sanitiseHtml('<pre tabindex="5" lang="c">a</pre>', BASE)).toMatch(
      /^<pre (?=.*tabindex="0")(?=.*lang="c")[^5]*>a<\/pre>$/,
    );
    expect(sanitiseHtml('<p tabindex="1">a</p>', BASE)).toBe('<p>a</p>');
  });

  it('shows lazy pictures, once', () => {
    const html =
      '<img data-src="/real.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><noscript><img src="/real.jpg"></noscript>';
    expect(sanitiseHtml(html, BASE).match(/real\.jpg/g)).toHaveLength(1);
  });

  it('drops pictures that only count readers', () => {
    for (const html of [
      '<img src="https://a.example/p.gif" width="1" height="1">',
      '<img height=1 src="https://a.example/p.gif">',
      '<img src="https://pixel.wp.com/b.gif?x=1">',
      '<img src="http://feeds.feedburner.com/~r/x/~4/y">',
    ]) {
      expect(sanitiseHtml(`<p>a${html}b</p>`, BASE)).toBe('<p>ab</p>');
    }
    expect(sanitiseHtml('<img src="https://a.example/p.gif" width="600" height="1">', BASE)).toContain(
      '<img',
    );
  });

  it('frames players of known hosts only, in a sandbox', () => {
    const player = sanitiseHtml(
      '<iframe width="560" src="http://www.youtube.com/embed/x?autoplay=1" srcdoc="<p>"></iframe>',
      BASE,
    );
    expect(player).toContain('src="https://www.youtube.com/embed/x"');
    expect(player).toContain('sandbox="allow-scripts allow-same-origin');
    expect(player).not.toContain('srcdoc');
    expect(sanitiseHtml('a<iframe src="https://evil.example/">b</iframe>c', BASE)).toBe('ac');
  });

  it('takes elements that close themselves at their word', () => {
    expect(
      sanitiseHtml('<a name="x"/>one<iframe src="https://evil.example/" />two<p/>three<script/>four', BASE),
    ).toBe('<a></a>onetwo<p></p>threefour');
  });

  it('keeps a long article whole', () => {
    const html = '<p>word <b>bold</b> &amp; more</p>'.repeat(60_000);
    expect(sanitiseHtml(html, BASE)).toBe(html);
  });

  it('takes no more than near-linear time for hostile input', () => {
    const hostile = [
      '<b>'.repeat(500_000),
      '<b></i>'.repeat(300_000),
      '<p x<p '.repeat(300_000),
      '<!--'.repeat(300_000),
      '<a href="'.repeat(300_000),
      '<img width=1 height=1 src=x>'.repeat(50_000),
      '&lt;'.repeat(400_000),
      '<iframe>'.repeat(100_000),
      '<math>'.repeat(100_000),
      '<a href="#a" id="a">x</a>'.repeat(50_000),
      Array.from({ length: 50_000 }, (_, index) => `<a href="${BASE}#${index}" id=${index}>`).join(''),
      `${' href='.repeat(300_000)}#a`,
      `${` href=${' '.repeat(9)}`.repeat(200_000)}#a`,
    ];
    for (const html of hostile) {
      const start = performance.now();
      sanitiseHtml(html, BASE);
      expect(performance.now() - start).toBeLessThan(5000);
    }
  });
});
