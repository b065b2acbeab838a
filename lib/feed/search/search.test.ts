import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutSnippet, markMatches } from './mark-matches';
import { readQuery } from './read-query';
import { foldWord, splitWords } from './split-words';
import { writeVector } from './write-vector';

const words = (text: string) => [...splitWords(text)].map(({ folded }) => folded);
const item = (title: string, html = '', author: string | null = null) =>
  writeVector({ title, author, html, feedId: 7, sortAt: new Date('2026-11-25T00:00:00Z') });

describe('splitWords', () => {
  it.each([
    ['Hello, World! 42', ['hello', 'world', '42']],
    ["don't e-mail foo@example.org", ['don', 't', 'e', 'mail', 'foo', 'example', 'org']],
    ['Café NAÏVE straße Ørsted Łódź', ['cafe', 'naive', 'strasse', 'orsted', 'lodz']],
    ['Cafe\u0301', ['cafe']],
    ['ﬁnal ＡＢＣ', ['final', 'abc']],
    ['Привет, Ёлка', ['привет', 'елка']],
    ['ΣΊΣΥΦΟΣ', ['σισυφοσ']],
    ['शिक्षा हिन्दी', ['शिक्षा', 'हिन्दी']],
    ['שָׁלוֹם عَرَبِيّ', ['שלום', 'عربي']],
    ['東京都のWeb天気', ['東京都の', 'web', '天気']],
    ['ガーデン', ['ガーデン']],
    ['한국어', ['한국어']],
    ['𠮷野家', ['𠮷野家']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('says where a word stands, and takes long texts in their stride', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { folded, start, end } of splitWords(text))
          expect(foldWord(text.slice(start, end))).toBe(folded);
      }),
    );
    const begun = performance.now();
    expect(words('a'.repeat(1_000_000))).toHaveLength(1);
    expect(words('あ'.repeat(300_000))).toHaveLength(1);
    expect(words('é-'.repeat(100_000))).toHaveLength(100_000);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('writeVector', () => {
  it('has the words with places and weights, those of the title once more, and what it is', () => {
    expect(item('Red fox', '<p>The <b>fox</b> &amp; hound</p>', "O'Hara")).toBe(
      "'#f7' '#d20782' '#b649' 'red':2A '^red' 'fox':3A,9 '^fox' '~DSB' 'o':5B 'hara':6B '~OF6' 'the':8 '~ija' 'hound':10 '~6Qw'",
    );
  });

  it('has the text of the page too, which no phrase of the feed’s goes on into', () => {
    const facts = { title: 'Fox', author: null, html: '<p>red</p>', feedId: 7, sortAt: new Date(0) };
    expect(writeVector({ ...facts, fullHtml: '<p>red hound</p>' })).toBe(
      "'#f7' '#d0' '#b0' 'fox':2A '^fox' 'red':4,6 'hound':7 '~tVj'",
    );
  });

  it('has pairs of signs for what has no spaces', () => {
    expect(item('天気予報')).toContain(
      "'天気':2A '^天気' '気予':3A '^気予' '~GC7' '予報':4A '^予報' '~PDU' '報'",
    );
  });

  it('bounds what it has', () => {
    const long = item('x'.repeat(5000), `<p>${'w '.repeat(50_000)}${'漢字'.repeat(20_000)}</p>`);
    expect(long.length).toBeLessThan(300_000);
    expect(long).toContain(`'${'x'.repeat(64)}'`);
    const words = Array.from({ length: 9000 }, (_, index) => `w${index}`);
    const [html, fullHtml] = [words.join(' '), words.map((word) => `${word}x`).join(' ')];
    const both = writeVector({ title: '', author: null, html, fullHtml, feedId: 7, sortAt: new Date(0) });
    expect(both).toContain("'w8999'");
    expect(both).toContain("'w2000x'");
    expect(both.split(' ').filter((lexeme) => lexeme.startsWith("'w"))).toHaveLength(11_997);
  });
});

describe('readQuery', () => {
  it.each([
    ['fox', "'fox'", "'^fox'"],
    ['Red FOX', "'red' & 'fox'", "'^red' & '^fox'"],
    ['"red fox"', "('red' <-> 'fox')", "('^red' & '^fox')"],
    ['"red fox', "('red' <-> 'fox')", "('^red' & '^fox')"],
    ['fox -red', "'fox' & !('red')", "'^fox'"],
    ['fox -"red hound"', "'fox' & !(('red' <-> 'hound'))".replace('((', '(').replace('))', ')'), "'^fox'"],
    ['a red or blue fox', "'a' & ('red' | 'blue') & 'fox'", "'^a' & ('^red' | '^blue') & '^fox'"],
    ['example.org', "('example' <-> 'org')", "('^example' & '^org')"],
    ['foxh*', "'foxh':*", "'^foxh':*"],
    ['東京都', "('東京' <-> '京都')", "('^東京' & '^京都')"],
    ['東', "'東':*", "'^東':*"],
    ['or fox', "'fox'", "'^fox'"],
    ['café', "'cafe'", "'^cafe'"],
  ])('%s', (text, anywhere, inTitle) => {
    expect(readQuery(text)).toMatchObject({ anywhere, inTitle });
  });

  it.each([
    ['red fox', "'red' & 'fox'"],
    ['"red fox"', "(('red' <-> 'fox') & '~DSB')"],
    ['a -"red hound"', "'a' & !(('red' <-> 'hound') & '~tVj')"],
    // Which word comes after a beginning is not known.
    ['"red fo*"', "('red' <-> 'fo':*)"],
    ['"a red fo*"', "(('a' <-> 'red' <-> 'fo':*) & '~YCh')"],
    ['天気予', "(('天気' <-> '気予') & '~GC7')"],
  ])('the index is asked for neighbours: %s', (text, indexed) => {
    expect(readQuery(text)?.indexed).toBe(indexed);
  });

  it('what is beside each other in a text is so in a query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const vector = writeVector({ title: text, author: null, html: '', feedId: 1, sortAt: new Date(0) });
        for (const [lexeme] of readQuery(`"${text.replaceAll('"', ' ')}"`)?.indexed.matchAll(/'~[^']*'/g) ??
          [])
          expect(vector.split(' ')).toContain(lexeme);
      }),
    );
  });

  it.each([[''], ['-fox'], ['"" - * & | !'], ['or']])('%j asks for nothing', (text) => {
    expect(readQuery(text)).toBeNull();
  });

  it('bounds what is asked for', () => {
    const query = readQuery(`${'word '.repeat(1000)} "${'x '.repeat(1000)}" ${'漢'.repeat(1000)}`);
    expect(query?.terms).toHaveLength(16);
    expect(readQuery('漢字'.repeat(1000))?.terms[0]?.lexemes).toHaveLength(16);
  });
});

describe('what is found is marked', () => {
  const mark = (text: string, asked: string) => {
    const query = readQuery(asked);
    if (query === null) throw new Error('nothing is asked for');
    return markMatches(text, query)
      .map(({ text: part, isMatch }) => (isMatch ? `[${part}]` : part))
      .join('');
  };

  it.each([
    ['A red fox', 'fox red', 'A [red] [fox]'],
    ['Le Café noir', 'cafe', 'Le [Café] noir'],
    ['Foxhole and fox', 'fox*', '[Foxhole] and [fox]'],
    ['a fox, no hound', 'fox -hound', 'a [fox], no hound'],
    ['今日の東京都は雨', '東京都', '今日の[東京都]は雨'],
    ['今日の東京', '東', '今日の[東]京'],
    ['<b>fox</b>', 'b', '<[b]>fox</[b]>'],
    ['nothing', 'fox', 'nothing'],
  ])('%s for %s', (text, asked, expected) => {
    expect(mark(text, asked)).toBe(expected);
  });

  it('pieces add up to the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, asked) => {
        const query = readQuery(asked);
        if (query !== null)
          expect(
            markMatches(text, query)
              .map((part) => part.text)
              .join(''),
          ).toBe(text);
      }),
    );
  });

  it('a snippet begins shortly before the first match', () => {
    const query = readQuery('fox');
    if (query === null) throw new Error('nothing is asked for');
    const snippet = cutSnippet(`${'word '.repeat(100)}the fox ${'more '.repeat(100)}`, query);
    const text = snippet?.map((part) => part.text).join('') ?? '';
    expect(text).toMatch(/^… word .*the fox more .*…$/);
    expect(text.length).toBeLessThan(300);
    expect(snippet?.filter((part) => part.isMatch)).toEqual([{ text: 'fox', isMatch: true }]);
    expect(cutSnippet('no such word', query)).toBeNull();
  });
});
