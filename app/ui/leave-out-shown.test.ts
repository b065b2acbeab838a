import { expect, it } from 'vitest';
import { sanitiseHtml } from '@/lib/feed/sanitise/sanitise-html';
import { leaveOutShown } from './leave-out-shown';

const SITE = 'https://site.example';
const file = (name: string, type: string | null = null) => ({ url: `${SITE}/${name}`, type, length: null });
const left = (enclosures: ReturnType<typeof file>[], html: string) =>
  leaveOutShown(enclosures, sanitiseHtml(html, SITE)).map(({ url }) => url.slice(SITE.length + 1));

it('a sound that the text links to, or plays, keeps its player', () => {
  const sound = [file('ep.mp3', 'audio/mpeg')];
  expect(left(sound, '<p><a href="/ep.mp3">Download</a></p>')).toEqual(['ep.mp3']);
  expect(left(sound, '<audio src="/ep.mp3"></audio>')).toEqual(['ep.mp3']);
});

it.each([
  ['a.jpg', 'image/jpeg', '<p>a</p><img src="/a.jpg" alt="x" width="9">'],
  ['a.jpg', null, '<figure><img alt="src=&quot;x&quot; > y" src="/a.jpg"></figure>'],
  ['a?b=1&c=2', 'image/png', '<img src="/a?b=1&amp;c=2">'],
  ['a.jpg', 'image/jpeg', '<img src="http://site.example/a.jpg">'],
  ['film.mp4', 'video/mp4', '<video src="/film.mp4"></video>'],
  ['film.mp4', 'video/mp4', '<video><source src="/film.mp4" type="video/mp4"></video>'],
])('%s (%s) is not shown again below a text that shows it: %s', (name, type, html) => {
  expect(left([file(name, type), file('other.pdf')], html)).toEqual(['other.pdf']);
});

it.each([
  ['<a href="/a.jpg">Large</a>'],
  ['<img src="/a.jpg?w=3">'],
  ['<img src="/b/a.jpg">'],
  ['<p>https://site.example/a.jpg, &lt;img src="https://site.example/a.jpg"&gt;</p>'],
  ['<img src="/b.jpg" alt="https://site.example/a.jpg">'],
])('a picture that the text names, and does not show, is shown below it: %s', (html) => {
  expect(left([file('a.jpg', 'image/jpeg')], html)).toEqual(['a.jpg']);
});
