import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { ReadOptions, ReadOutcome } from '@/lib/feed/types';
import type { DocumentTask } from './document-thread';
import { findThreadEntry, runSource } from './thread-entry';

/** Longest that one document may keep a thread, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 20_000;
/** Heap of one thread, in MB: a 15 MB document peaks well under it, and a hostile one kills only its thread. */
const HEAP_MB = 1024;
/** How long an idle thread is kept, in milliseconds: feeds come in waves, and a start costs a tenth of a second. */
const IDLE_MS = 60_000;

export interface DocumentPoolOptions {
  /** Threads; one per core unless told. */
  threads?: number;
  /** Milliseconds of reading after which a document is given up and its thread replaced. */
  timeoutMs?: number;
  /** Entry of the threads, for tests. */
  entry?: URL;
}

export interface DocumentPool {
  /**
   * Reads a document in a thread. `bytes` that own their whole buffer are moved there, not copied: the caller can no
   * longer use them. Never rejects: a crash or a time-out is a `malformed` outcome of that document only.
   */
  read(bytes: Uint8Array, options: ReadOptions): Promise<ReadOutcome>;
  /** Stops the threads; documents that are being read end as `malformed`. */
  close(): Promise<void>;
}

/** Starts threads that read documents, so that a large or hostile one delays nothing on the main thread. */
export function createDocumentPool(settings: DocumentPoolOptions = {}): DocumentPool {
  const threads = settings.threads ?? availableParallelism();
  const timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const piscina = new Piscina<DocumentTask, ReadOutcome>({
    ...(settings.entry ? runSource(settings.entry) : findThreadEntry('document-thread')),
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const slots = new Slots(threads);
  return {
    async read(bytes, options) {
      // The clock of a document starts when a thread is free for it, not while it waits behind others.
      await slots.take();
      const { view, buffer } = detach(bytes);
      const task = { transferList: [buffer], signal: AbortSignal.timeout(timeoutMs) };
      try {
        return await piscina.run({ bytes: view, options }, task);
      } catch (error) {
        return { kind: 'error', code: 'malformed', message: describeFailure(error, timeoutMs) };
      } finally {
        slots.give();
      }
    },
    close: () => piscina.destroy(),
  };
}

/** Bytes that may be moved to another thread: a view of a part of a buffer (node's pooled Buffers) is copied first. */
function detach(bytes: Uint8Array): { view: Uint8Array; buffer: ArrayBuffer } {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength && buffer.byteLength > 0) {
    return { view: new Uint8Array(buffer), buffer };
  }
  const copy = new Uint8Array(bytes);
  return { view: copy, buffer: copy.buffer };
}

function describeFailure(error: unknown, timeoutMs: number): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'AbortError' || name === 'TimeoutError') {
    return `The document took longer than ${timeoutMs / 1000} seconds to read.`;
  }
  return 'The document could not be read: its parser failed.';
}

/** As many takers at a time as there are threads; the others wait in the order they came. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
