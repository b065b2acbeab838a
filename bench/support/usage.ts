import { readFileSync } from 'node:fs';

/** Ticks a second in /proc, on every Linux that Node.js runs on. */
const TICKS = 100;

/** @returns what a process has used so far, from Linux' /proc; zeros elsewhere, or when it has ended. */
export function readUsage(pid: number | undefined): { cpuSeconds: number; peakMegabytes: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const peak = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)?.[1];
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
      peakMegabytes: Math.round(Number(peak) / 1024),
    };
  } catch {
    // No such process, or no such system: nothing was measured.
    return { cpuSeconds: 0, peakMegabytes: 0 };
  }
}
