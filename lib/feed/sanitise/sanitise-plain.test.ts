import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNotes } from './notes';
import { sanitiseHtml, sanitiseSlowly } from './sanitise-html';
import { sanitisePlain } from './sanitise-plain';

const BASE = 'https://example.org/posts/1';
const TAGS =
  'a b br code div em figure h2 img li ol p pre span strong table td th tr ul wbr hr blockquote dl dt dd small tbody'.split(
    ' ',
  );
const ATTRIBUTES = [
  '',
  ' href="/x?a=1&amp;b=2"',
  ' href="https://a.example/"',
  ' href="https://a.example/?a=1&amp;b=2&amp;amp;c#d"',
  ' href="HTTP://A.example:80?&amp;"',
  ' href="https://a.example/&copy=1"',
  ' href="https://a.example"',
  ' class="x"',
  ' src="/a.png" alt="&quot;x&quot;"',
  ' title="a &lt; b &amp;copy &copy;"',
  ' colspan="2"',
  ' onclick="x()"',
  ' href="javascript:x()"',
  ' src="https://a.example/p.gif" width="1" height="1"',
  ' dir="rtl" lang="ar"',
  ' style="x"',
  ' href="mailto:a@b.example"',
  ' srcset="/a.png 2x" src="b.png"',
  ' datetime=""',
  ' start="3"',
  ' title=""',
  ' href="#a"',
  ' href="https://example.org/posts/1#b"',
  ' id="a"',
  ' name="b" title="x"',
];
const TEXTS = [
  '&mdash;x&lt;y',
  '&AMP',
  '&notit;',
  '&ampx;',
  '&#x80;',
  '&#0;',
  '& ; &;',
  '&zwnj;&ngE;',
  '',
  'text',
  ' ',
  '&amp;',
  '&nbsp;',
  '&copy 5',
  'a > b',
  '&lt;p&gt;',
  '“ü”',
  '&#8217;',
  '&bogus;',
  '"',
  "'",
  '\n',
];

const node: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...TEXTS),
    fc
      .tuple(
        fc.constantFrom(...TAGS),
        fc.constantFrom(...ATTRIBUTES),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.nat(20),
      )
      .map(([tag, attributes, children, twist]) => {
        if (/^(?:br|img|hr|wbr)$/.test(tag)) return `<${tag}${attributes}${twist % 2 ? ' /' : ''}>`;
        if (twist === 1) return `<${tag}${attributes}/>${children.join('')}`;
        return `<${tag}${attributes}>${children.join('')}${twist === 0 ? '' : `</${tag}>`}`;
      }),
  ),
})).node;

describe('sanitisePlain', () => {
  it('writes what sanitize-html writes, byte for byte, or leaves it to sanitize-html', () => {
    let plain = 0;
    let tied = 0;
    fc.assert(
      fc.property(fc.array(node, { maxLength: 4 }), (nodes) => {
        const html = nodes.join('');
        const notes = findNotes(html, BASE);
        const fast = sanitisePlain(html, BASE, notes);
        if (fast === null) return;
        plain += 1;
        if (fast.includes('id="note-')) tied += 1;
        expect(fast.trim()).toBe(sanitiseSlowly(html, BASE, notes));
      }),
      { seed: 5, numRuns: 20_000 },
    );
    expect(plain).toBeGreaterThan(4000);
    expect(tied).toBeGreaterThan(50);
  });

  it('leaves anything unusual alone', () => {
    for (const html of [
      '<P>x</P>',
      '<p>x',
      'x</p>',
      '<p class=x>y</p>',
      "<p class='x'>y</p>",
      '<script>x</script>',
      '<p><div>x</div></p>',
      '<!-- c -->',
      '<a href="x"">y</a>',
      '<p\0>x</p>',
      'a < b',
    ]) {
      expect(sanitisePlain(html, BASE, new Map())).toBeNull();
    }
  });

  it('reads ordinary articles by itself', () => {
    const html =
      '<p>One <a href="https://a.example/?x=1&amp;y=2">link</a>, <em>two</em>.</p>\n<ul><li>x</li></ul><img src="https://a.example/b.png" alt="c" />';
    expect(sanitisePlain(html, BASE, new Map())).toBe(sanitiseHtml(html, BASE));
  });
});
