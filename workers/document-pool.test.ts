import { afterAll, describe, expect, it } from 'vitest';
import { createDocumentPool } from './document-pool';

const FEED =
  '<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>';
const options = { contentType: null, url: 'https://example.org/feed', now: new Date('2026-01-01T00:00:00Z') };

describe('createDocumentPool', () => {
  const pool = createDocumentPool({ threads: 2 });
  afterAll(() => pool.close());

  it('reads documents in threads, and takes the buffer over', async () => {
    const bytes = new Uint8Array(new TextEncoder().encode(FEED));
    const outcome = await pool.read(bytes, options);
    expect(outcome).toMatchObject({ kind: 'feed', items: [{ title: 'One' }] });
    if (outcome.kind === 'feed') expect(outcome.items[0]?.sortAt).toBeInstanceOf(Date);
    expect(bytes.byteLength).toBe(0);
  });

  it('copies a view of a larger buffer instead of moving the neighbours', async () => {
    const large = new Uint8Array(4096).fill(32);
    large.set(new TextEncoder().encode(FEED));
    expect(await pool.read(large.subarray(0, 2000), options)).toMatchObject({ kind: 'feed' });
    expect(large.byteLength).toBe(4096);
  });
});
