import { readRealDocuments } from '../test/support/corpus';
import { sendForm } from './support/send-form';
import { expect, test } from './support/test';

const documents = readRealDocuments(32);

/** Titles with markup or entities are what the corpus' own comparison is for. */
const isPlain = (title: string | null): title is string => title !== null && !/[<&]/.test(title);

test('real documents are added through the form and read', async ({ page, site }) => {
  test.skip(documents === null, 'the corpus is absent');
  test.setTimeout(180_000);
  const real = documents ?? [];
  expect(real.length).toBeGreaterThanOrEqual(30);
  const feeds: { id: string; path: string; entryCount: number; title: string | null }[] = [];
  for (const [index, { id, bytes, contentType, title, entryCount }] of real.entries()) {
    site.serve(`/${index}`, { body: bytes, contentType });
    const answer = await sendForm(page.request, '/feeds/new', { address: `${site.origin}/${index}` });
    feeds.push({ id, path: answer.headers().location ?? '', entryCount, title });
  }
  for (const { id, path, entryCount, title } of feeds) {
    const status = async () => (await page.request.get(`/api${path}/status`)).json();
    await expect.poll(async () => (await status()).status, { message: id }).toBe('ready');
    // A document may repeat an entry; what it has, the reader has.
    expect((await status()).itemCount, id).toBeGreaterThanOrEqual(Math.ceil(entryCount * 0.9));
    await page.goto(path);
    const heading = page.getByRole('main').getByRole('heading', { level: 1 });
    if (isPlain(title)) await expect(heading, id).toHaveText(title.replace(/\s+/g, ' ').trim());
    await page.getByRole('main').getByRole('listitem').getByRole('heading').getByRole('link').first().click();
    await expect(page, id).toHaveURL(/\?item=\d+$/);
    await expect(heading, id).not.toBeEmpty();
  }
});
