import { readdirSync, readFileSync } from 'node:fs';

/** Ticks a second in /proc, on every Linux that Node.js runs on. */
const TICKS = 100;

interface Stat {
  name: string;
  parent: number;
  /** Of the process, and of its children that have ended. */
  cpuSeconds: number;
  own: number;
}

/** @returns what Linux' /proc says of a process; null elsewhere, or when it has ended. */
function readStat(pid: number | string | undefined): Stat | null {
  try {
    const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const fields = rest.split(' ').map(Number);
    const ticks = (...places: number[]) =>
      places.reduce((sum, place) => sum + (fields[place] ?? 0), 0) / TICKS;
    return { name, parent: fields[1] ?? 0, own: ticks(11, 12), cpuSeconds: ticks(11, 12, 13, 14) };
  } catch {
    // No such process, or no such system: nothing was measured.
    return null;
  }
}

/** @returns what a process has used so far, from Linux' /proc; zeros elsewhere, or when it has ended. */
export function readUsage(pid: number | undefined): { cpuSeconds: number; peakMegabytes: number } {
  const stat = readStat(pid);
  if (stat === null) return { cpuSeconds: 0, peakMegabytes: 0 };
  const peak = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)?.[1];
  return { cpuSeconds: stat.own, peakMegabytes: Math.round(Number(peak) / 1024) };
}

/** @returns the process that started another. */
export function findParent(pid: number): number {
  return readStat(pid)?.parent ?? 0;
}

/** @returns CPU seconds of a process, and of all processes that it has started itself, ended ones included. */
export function readFamilyCpu(pid: number): number {
  const children = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const seconds = children.map(readStat).map((stat) => (stat?.parent === pid ? stat.cpuSeconds : 0));
  return seconds.reduce((sum, each) => sum + each, readStat(pid)?.cpuSeconds ?? 0);
}

/** @returns CPU seconds of the child processes of this one that have a name. */
export function readChildrenCpu(name: string): number {
  const stats = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(readStat);
  return stats.reduce(
    (sum, stat) => sum + (stat?.parent === process.pid && stat.name === name ? stat.own : 0),
    0,
  );
}
