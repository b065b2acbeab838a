import { afterAll, describe, expect, it } from 'vitest';
import type { ReadOutcome } from '@/lib/feed/types';
import { createDocumentPool } from './document-pool';

const FEED =
  '<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>';
const options = { contentType: null, url: 'https://example.org/feed', now: new Date('2026-01-01T00:00:00Z') };
const encode = (text: string): Uint8Array => new Uint8Array(new TextEncoder().encode(text));

describe('createDocumentPool', () => {
  const pool = createDocumentPool({ threads: 2 });
  afterAll(() => pool.close());

  it('reads documents in threads, and takes the buffer over', async () => {
    const bytes = encode(FEED);
    const outcome = await pool.read(bytes, options);
    expect(outcome).toMatchObject({ kind: 'feed', items: [{ title: 'One' }] });
    if (outcome.kind === 'feed') expect(outcome.items[0]?.sortAt).toBeInstanceOf(Date);
    expect(bytes.byteLength).toBe(0);
  });

  it('copies a view of a larger buffer instead of moving the neighbours', async () => {
    const large = new Uint8Array(4096).fill(32);
    large.set(encode(FEED));
    expect(await pool.read(large.subarray(0, 2000), options)).toMatchObject({ kind: 'feed' });
    expect(large.byteLength).toBe(4096);
  });

  it('reads an empty document', async () => {
    expect(await pool.read(new Uint8Array(), options)).toMatchObject({ kind: 'error', code: 'empty' });
  });

  it('leaves the main thread free while it reads a large document', async () => {
    const item = `<item><description>&lt;p&gt;${'word '.repeat(200)}&lt;/p&gt;</description></item>`;
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const outcome = await pool.read(encode(`<rss><channel>${item.repeat(5000)}</channel></rss>`), options);
    clearInterval(timer);
    expect(outcome.kind).toBe('feed');
    expect(longest).toBeLessThan(1000);
  });
});

describe('a document that fails', () => {
  const entry = new URL('../test/support/failing-document-thread.ts', import.meta.url);
  const malformed = { kind: 'error', code: 'malformed' };

  it.each([
    ['h', 'hangs'],
    ['x', 'ends its thread'],
    ['t', 'throws'],
    ['m', 'fills the heap'],
  ])('%s: %s, and the pool goes on', { timeout: 60_000 }, async (kind) => {
    const pool = createDocumentPool({ threads: 1, timeoutMs: kind === 'h' ? 2500 : 10_000, entry });
    const outcomes: Promise<ReadOutcome>[] = [
      pool.read(encode(kind), options),
      pool.read(encode('ok'), options),
    ];
    const [failed, next] = await Promise.all(outcomes);
    expect(failed).toMatchObject(malformed);
    expect(next).toMatchObject({ message: 'read' });
    await pool.close();
  });

  it('does not count the time that others take', { timeout: 60_000 }, async () => {
    const pool = createDocumentPool({ threads: 1, timeoutMs: 1500, entry });
    await pool.read(encode('ok'), options);
    const outcomes = await Promise.all([
      pool.read(encode('h'), options),
      pool.read(encode('h'), options),
      pool.read(encode('ok'), options),
    ]);
    expect(outcomes.map(({ kind, ...rest }) => ('message' in rest ? rest.message : kind))).toEqual([
      'The document took longer than 1.5 seconds to read.',
      'The document took longer than 1.5 seconds to read.',
      'read',
    ]);
    await pool.close();
  });
});
