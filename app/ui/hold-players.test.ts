import { expect, it } from 'vitest';
import { holdPlayers } from './hold-players';

const frame = (attributes: string) => `<p>a</p><iframe${attributes}></iframe><p>b</p>`;

it('puts a link in the place of a player, which says where it leads', () => {
  const html = holdPlayers(frame(' src="https://www.video.example/embed/1?a=1&amp;b=2" title="x"'));
  expect(html).not.toContain('<iframe');
  expect(html).toContain('href="https://www.video.example/embed/1?a=1&amp;b=2"');
  expect(html).toContain('>Play from video.example</a>');
});

it('leaves out a player that plays nothing', () => {
  expect(holdPlayers(frame(''))).toBe('<p>a</p><p>b</p>');
});

it('leaves everything else as it is', () => {
  const html = '<p>An &lt;iframe&gt; in words</p><pre>src="x"</pre>';
  expect(holdPlayers(html)).toBe(html);
});
