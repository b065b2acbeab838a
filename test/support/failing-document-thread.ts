import type { ReadOutcome } from '@/lib/feed/types';
import type { DocumentTask } from '@/workers/document-thread';

/** A pool thread that does what the first byte of its document says: hang, exit, fill the heap, throw, or read. */
export default function runTask({ bytes }: DocumentTask): ReadOutcome {
  switch (String.fromCharCode(bytes[0] ?? 0)) {
    case 'h':
      for (;;) Math.random();
    case 'x':
      process.exit(3);
      break;
    case 'm': {
      const held: number[][] = [];
      for (;;) held.push(new Array<number>(50_000).fill(held.length));
    }
    case 't':
      throw new Error('thrown');
  }
  return { kind: 'error', code: 'empty', message: 'read' };
}
