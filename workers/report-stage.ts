import { log } from '@/lib/ops/log';
import type { FetchStage } from '@/lib/store/claims';

export type StageReporter = (stage: FetchStage) => void;

/** A stage shorter than this is not worth a write: nobody would see it. */
const WORTH_SHOWING_MS = 150;

/**
 * Writes down what the worker is doing when a person is watching, and when it lasts.
 *
 * @returns the reporter, and how to end it.
 */
export function reportStages(
  watched: boolean,
  record: (stage: FetchStage) => Promise<void>,
): { stage: StageReporter; end: () => void } {
  let timer: NodeJS.Timeout | undefined;
  // The claim has written this one.
  let written: FetchStage = 'CONNECTING';
  const write = (stage: FetchStage) => {
    written = stage;
    record(stage).catch((error: unknown) => log.warn({ err: error }, 'A stage could not be written.'));
  };
  return {
    stage(stage) {
      clearTimeout(timer);
      if (watched && stage !== written) timer = setTimeout(() => write(stage), WORTH_SHOWING_MS);
    },
    end: () => clearTimeout(timer),
  };
}
