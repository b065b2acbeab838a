import { cookies } from 'next/headers';
import { FOLDS_COOKIE } from '@/app/ui/reader/nav-id';
import { PANES_COOKIE, type PaneWidths, parsePanes } from '@/app/ui/reader/pane-widths';
import { parseSettings, type ReadingSettings, SETTINGS_COOKIE } from '@/app/ui/reader/reading-settings';

const MOST_FOLDS = 200;

/** How whoever asks likes to read. */
export async function readReadingSettings(): Promise<ReadingSettings> {
  return parseSettings((await cookies()).get(SETTINGS_COOKIE)?.value);
}

/** How wide their panes are. */
export async function readPaneWidths(): Promise<PaneWidths> {
  return parsePanes((await cookies()).get(PANES_COOKIE)?.value);
}

/** Which of their folders are folded away. */
export async function readFolds(): Promise<number[]> {
  const value = (await cookies()).get(FOLDS_COOKIE)?.value ?? '';
  return value.split('.', MOST_FOLDS).map(Number).filter(Number.isSafeInteger);
}
