import { writeRss } from '../../test/support/feed-server';
import { MORE_FEEDS } from './showcase-more';

/** Feeds that look like feeds: what the screenshots show. */

const HOUR = 3_600_000;

/** Title, hours ago, text. */
type Entry = [title: string, age: number, content: string];

const paragraph = (text: string) => `<p>${text}</p>`;

/** An article with all that articles have. */
export const WADERS = `
<p>Three days before the storm, the knots left the flats. Nobody had told them. By the time the
<a href="https://example.org/">weather service</a> put out its first warning, the mud was empty, and the telescopes
had nothing to look at but each other.</p>
<p>“You stop asking <em>how</em> they know,” says the warden, who has counted birds on this shore since 1987. “You ask
how soon <strong>you</strong> could have known, if you had looked at them instead of the barometer.” She keeps her
notes in pencil, because ink runs; forty-one notebooks stand in her kitchen, between the cookery books and the
radio.</p>
<h2>Counting what moves</h2>
<p>A count takes two people: one looks, the other writes. They change places every twenty minutes, and nobody speaks to
the one at the telescope, ever. The method is old and a little absurd, and it is the reason why the numbers can be
compared at all.</p>
<blockquote><p>The tide table is a promise. The birds are the weather’s signature under it.</p></blockquote>
<table><thead><tr><th>Species</th><th>2023</th><th>2024</th><th>2025</th></tr></thead><tbody>
<tr><td>Red knot</td><td>4,120</td><td>3,884</td><td>3,102</td></tr>
<tr><td>Dunlin</td><td>11,480</td><td>12,031</td><td>11,960</td></tr>
<tr><td>Bar-tailed godwit</td><td>902</td><td>870</td><td>941</td></tr></tbody></table>
<p>The counts are public (<code>counts.csv</code>), and this is all it takes to draw the curve:</p>
<pre><code>const rows = (await readFile('counts.csv', 'utf8')).trim().split('\\n');
const knots = rows.filter((row) => row.startsWith('Red knot,'));
console.log(knots.map((row) => Number(row.split(',')[2])).join(' '));</code></pre>
<ul><li>Two pencils, and a knife to sharpen them.</li><li>A flask. Tea, not coffee.</li><li>Somebody who does not
talk.</li></ul>
<p>The storm came on the Friday, as it had been promised. The knots were back on the Sunday, all but a hundred and six
of them, and nobody knows about those.</p>`;

const ARABIC = `<p>بعد عشرين عاماً من الترميم، يعود الميناء القديم إلى الحياة. كان الصيادون أول من دخل، ثم تبعهم الباعة والأطفال.</p><blockquote><p>«البحر لا ينسى»، يقول أبو سامر وهو يصلح شبكته.</p></blockquote>
<h2>أرصفة وذكريات</h2><ul><li>الرصيف الأول للصيادين</li><li>الرصيف الثاني للعبّارات</li></ul>`;

const JAPANESE = `<p>朝の浜は静かだった。潮が引いたあとの砂には、<em>小さな足跡</em>がいくつも残っている。子どもたちは貝殻よりも、流れ着いた瓶やロープの切れ端に夢中だった。</p><h2>拾うということ</h2><p>「これはどこから来たの」と聞かれて、私は答えに困った。海の向こうには、まだ名前を知らない町がある。</p>`;

const LONG = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';

const FEEDS: { path: string; title: string; entries: Entry[] }[] = [
  {
    path: '/tidewatch',
    title: 'Tidewatch',
    entries: [
      ['What the waders know about the weather', 0.4, WADERS],
      [
        'A harbour clock that keeps two times',
        5,
        paragraph(
          'For a hundred and forty years the clock on the pilot station has shown the hour and the height of the water. This winter somebody has to teach it a third thing.',
        ),
      ],
      ['Five lighthouses, ranked by soup', 40, paragraph('A serious comparison, in the rain, with a spoon.')],
    ],
  },
  {
    path: '/workshop',
    title: 'Workshop Notes',
    entries: [
      [
        'A bench that folds into a ladder',
        2,
        paragraph('Ash, two hinges, one mistake, and what the mistake was good for.'),
      ],
      [
        'Sharpening, again',
        30,
        paragraph('Everything I said last year was wrong, except the part about water.'),
      ],
    ],
  },
  {
    path: '/sahafa',
    title: 'صحيفة الميناء',
    entries: [['الميناء القديم يفتح أبوابه من جديد بعد عشرين عاماً من الترميم', 7, ARABIC]],
  },
  {
    path: '/minato',
    title: '港の便り',
    entries: [['潮が引いたあとの浜で、子どもたちは何を拾うのか', 9, JAPANESE]],
  },
  {
    path: '/slow-software',
    title: 'Slow Software',
    entries: [
      [
        'The queue is a hint, the row is the truth',
        3,
        paragraph(
          'Every lost job we ever had was a job that knew something nobody had written down. So we wrote it down first, and the queue became boring. Boring is what one wants of a queue.',
        ),
      ],
      ['Timeouts are a kindness', 55, paragraph('To the one who waits, and to the one who is waited for.')],
    ],
  },
  {
    path: '/amt',
    title: 'Amtsblatt für sehr lange Wörter und noch längere Überschriften',
    entries: [[`${LONG} 🐚🌊`, 26, paragraph(`${LONG} ${LONG}`)]],
  },
];

interface ShowFeed {
  path: string;
  title: string;
  document: string;
  /** Null: in none. */
  folder: string | null;
  /** Scripts, signs and words that are there to be looked at; not every machine has the fonts for them. */
  isOdd: boolean;
}

const ODD = new Set(['/sahafa', '/minato', '/amt']);

const FOLDERS: Record<string, string> = {
  '/tidewatch': 'Coast',
  '/workshop': 'Making',
  '/slow-software': 'Making',
  '/sahafa': 'World',
  '/minato': 'World',
};

/** @returns path, folder and document of each feed, with dates as seen from now. */
export function writeShowcase(now: number): ShowFeed[] {
  const more = MORE_FEEDS.map(({ lines, ...feed }) => ({
    ...feed,
    entries: lines.map(([title, age, text]): Entry => [title, age, paragraph(text)]),
  }));
  return [...FEEDS, ...more].map(({ path, title, entries, ...feed }) => {
    const items = entries.map(([name, age, content], index) => ({
      guid: `${path}-${index}`,
      title: name,
      date: new Date(now - age * HOUR),
      content,
    }));
    const document = writeRss(title, items).replaceAll(
      'https://example.org/',
      `https://${path.slice(1)}.example/`,
    );
    const folder = 'folder' in feed && typeof feed.folder === 'string' ? feed.folder : null;
    return { path, title, document, folder: folder ?? FOLDERS[path] ?? null, isOdd: ODD.has(path) };
  });
}
