import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { ReadOptions, ReadOutcome } from '@/lib/feed/types';
import type { DocumentTask } from './document-thread';

/** Longest that one document may keep a thread, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 20_000;
/** Heap of one thread, in MB: a 15 MB document peaks well under it, and a hostile one kills only its thread. */
const HEAP_MB = 1024;

export interface DocumentPoolOptions {
  /** Threads; one per core unless told. */
  threads?: number;
  /** Milliseconds after which a document is given up and its thread replaced. */
  timeoutMs?: number;
}

export interface DocumentPool {
  /**
   * Reads a document in a thread. `bytes` that own their whole buffer are moved there, not copied: the caller can no
   * longer use them. Never rejects: a crash or a time-out is a `malformed` outcome.
   */
  read(bytes: Uint8Array, options: ReadOptions): Promise<ReadOutcome>;
  /** Stops the threads; documents being read end as `malformed`. */
  close(): Promise<void>;
}

/** The bundled entry beside this file when there is one, else its TypeScript source, run through tsx. */
function findThreadEntry(): { filename: string; execArgv: string[] } {
  const bundled = new URL('./document-thread.js', import.meta.url);
  if (existsSync(bundled)) return { filename: bundled.href, execArgv: [] };
  return { filename: new URL('./document-thread.ts', import.meta.url).href, execArgv: ['--import', 'tsx'] };
}

/** Bytes that may be moved to another thread: a view of a part of a buffer (node's pooled Buffers) is copied first. */
function detachable(bytes: Uint8Array): { view: Uint8Array; buffer: ArrayBuffer } {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength) {
    return { view: new Uint8Array(buffer), buffer };
  }
  const copy = new Uint8Array(bytes);
  return { view: copy, buffer: copy.buffer };
}

/** Starts threads that read documents, so that a large or hostile one delays nothing on the main thread. */
export function createDocumentPool(settings: DocumentPoolOptions = {}): DocumentPool {
  const threads = settings.threads ?? availableParallelism();
  const timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const piscina = new Piscina<DocumentTask, ReadOutcome>({
    ...findThreadEntry(),
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  return {
    async read(bytes, options) {
      const { view, buffer } = detachable(bytes);
      try {
        return await piscina.run(
          { bytes: view, options },
          {
            transferList: [buffer],
            signal: AbortSignal.timeout(timeoutMs),
          },
        );
      } catch (error) {
        return { kind: 'error', code: 'malformed', message: describeFailure(error, timeoutMs) };
      }
    },
    close: () => piscina.destroy(),
  };
}

function describeFailure(error: unknown, timeoutMs: number): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'AbortError' || name === 'TimeoutError') {
    return `The document took longer than ${Math.round(timeoutMs / 1000)} seconds to read.`;
  }
  return 'The document could not be read: its parser failed.';
}
