import type { Page } from '@playwright/test';
import { findFaults } from './support/find-faults';
import { awaitLater, begin, openTitle } from './support/reading';
import { expect, follow, test } from './support/test';

const SECONDS = 120;

/** Silence of two minutes: a WAV file of one channel and eight bits, 8,000 a second. */
function silence(): Buffer {
  const rate = 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + SECONDS * rate, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(SECONDS * rate, 40);
  return Buffer.concat([head, Buffer.alloc(SECONDS * rate, 0x80)]);
}

const SILENCE = silence();

/** What a server of files answers (RFC 9110, 14): players ask for the part from where they begin. */
function partOf(file: Buffer, range: string | undefined) {
  const begin = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
  return {
    status: range === undefined ? 200 : 206,
    contentType: 'audio/wav',
    headers: {
      'accept-ranges': 'bytes',
      ...(range === undefined ? {} : { 'content-range': `bytes ${begin}-${file.length - 1}/${file.length}` }),
    },
    body: file.subarray(begin),
  };
}

const FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>Sounds</title><link>https://example.org/</link>
<item><guid>talk</guid><title>Talk</title><link>https://example.org/talk</link><comments>https://example.org/talk/said</comments>
<pubDate>Thu, 01 Jan 2026 12:00:00 GMT</pubDate><description>${'Words to read. '.repeat(300)}
&lt;a href="https://sounds.example/talk.wav"&gt;Download&lt;/a&gt;</description>
<enclosure url="https://sounds.example/talk.wav" type="audio/wav" length="960044"/></item>
<item><guid>film</guid><title>Film</title><link>https://example.org/film</link>
<pubDate>Thu, 01 Jan 2026 11:00:00 GMT</pubDate><description>A film</description>
<enclosure url="https://films.example/film.mp4" type="video/mp4" length="5"/></item></channel></rss>`;

/** Follows a feed with something to hear and something to see, and opens the first. @returns what is asked for. */
async function beginWithSounds(page: Page, origin: string): Promise<string[]> {
  const asked: string[] = [];
  await page.context().route(/(?:sounds|films)\.example\//, (route) => {
    asked.push(route.request().url());
    return route.fulfill(partOf(SILENCE, route.request().headers().range));
  });
  await follow(page, `${origin}/feed`);
  await page.goto('/all');
  await awaitLater(page);
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('Talk');
  return asked;
}

test('sound goes on where it was left, as fast as one likes', async ({ page, site }) => {
  site.serve('/feed', { body: FEED });
  const asked = await beginWithSounds(page, site.origin);
  await expect(page.getByText(/\d min to read/)).toBeVisible();
  const comments = page.getByRole('link', { name: 'Comments' });
  await expect(comments).toHaveAttribute('href', 'https://example.org/talk/said');
  const audio = page.locator('audio');
  const speed = page.getByRole('button', { name: '1.5×' });
  await speed.click();
  await expect(speed).toHaveAttribute('aria-pressed', 'true');
  expect(await findFaults(page)).toEqual([]);
  expect(asked).toEqual([]);
  // As a person drags the handle: to a minute, plays, and stops.
  await audio.evaluate(async (element: HTMLAudioElement) => {
    element.muted = true;
    await element.play();
    element.currentTime = 60;
    await new Promise((done) => element.addEventListener('seeked', done, { once: true }));
    element.pause();
  });
  await page.reload();
  await expect(speed).toHaveAttribute('aria-pressed', 'true');
  await expect
    .poll(() =>
      audio.evaluate(async (element: HTMLAudioElement) => {
        element.muted = true;
        await element.play();
        element.pause();
        return [Math.round(element.currentTime), element.playbackRate];
      }),
    )
    .toEqual([60, 1.5]);
});

test('a film is asked for when somebody wants to see it', async ({ page, site }) => {
  site.serve('/feed', { body: FEED });
  const asked = await beginWithSounds(page, site.origin);
  await page.getByRole('button', { name: 'Next item' }).click();
  await expect(openTitle(page)).toHaveText('Film');
  const play = page.getByRole('button', { name: /Play film\.mp4/ });
  await expect(play).toBeVisible();
  await expect(page.locator('video')).toHaveCount(0);
  expect(asked).toEqual([]);
  await play.click();
  await expect.poll(() => asked).toContain('https://films.example/film.mp4');
  await page.getByRole('button', { name: 'Previous item' }).click();
  await expect(openTitle(page)).toHaveText('Talk');
});

test('a link is copied, or shared as the device does', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // A desktop without a system to share with: what it would be handed is kept.
  await page.addInitScript('navigator.share = async (what) => { window.shared = what; };');
  await begin(page, site);
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-3');
  const more = page.getByRole('button', { name: 'More for this article' });
  await more.click();
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await expect(page.getByText('Link copied.')).toBeVisible();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('https://example.org/item-3');
  await more.click();
  await page.getByRole('button', { name: 'Share…' }).click();
  expect(await page.evaluate('window.shared')).toEqual({
    url: 'https://example.org/item-3',
    title: 'item-3',
  });
});

test('articles look as one likes, from the first paint of the next visit', async ({ page, site }) => {
  await begin(page, site);
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-3');
  const look = () =>
    page.locator('.article').evaluate((article) => {
      const { fontFamily, fontSize } = getComputedStyle(article);
      return { fontFamily, size: Number.parseFloat(fontSize), width: article.getBoundingClientRect().width };
    });
  const before = await look();
  const light = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  await page.getByRole('button', { name: 'Text and colours' }).click();
  for (const name of ['Larger text', 'Sans', 'Short', 'Dark'])
    await page.getByRole('button', { name, exact: true }).click();
  await page.keyboard.press('Escape');
  const after = await look();
  expect(after.size).toBeGreaterThan(before.size);
  expect(after.fontFamily).not.toBe(before.fontFamily);
  expect(after.width).toBeLessThan(before.width);
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe(light);
  // The server writes it so: no script has to.
  const html = await (await page.request.get(page.url())).text();
  expect(html).toMatch(
    /<html[^>]* data-theme="dark"[^>]* data-font="sans" data-size="4" data-width="narrow"/,
  );
  await page.reload();
  expect(await look()).toEqual(after);
});
