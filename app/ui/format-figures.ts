/** Says how long something took: "312 ms", "4.2 s", "31 s". */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/** Says how large something is, in decimal units: "812 B", "14 kB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, size] = bytes < 999_500 ? ['kB', 1e3] : ['MB', 1e6];
  const count = bytes / Number(size);
  return `${count < 9.95 ? count.toFixed(1) : Math.round(count).toLocaleString('en')} ${unit}`;
}

/** "1 item", "2 items". */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

const WAITS: [noun: string, milliseconds: number, below: number][] = [
  ['second', 1000, 90_000],
  ['minute', 60_000, 5_400_000],
  ['hour', 3_600_000, 129_600_000],
  ['day', 86_400_000, Number.POSITIVE_INFINITY],
];

/** Says how long somebody waits, in one unit: "45 seconds", "2 hours". */
export function formatWait(milliseconds: number): string {
  const [noun, size] = WAITS.find(([, , below]) => milliseconds < below) ?? ['day', 86_400_000];
  return countOf(Math.max(1, Math.round(milliseconds / size)), noun);
}
