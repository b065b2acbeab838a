import { describe, expect, it } from 'vitest';
import { supervise } from './supervise';

const dead = () => ({ exited: Promise.resolve('it fell over') });
const alive = () => ({ exited: new Promise<string>(() => undefined) });

describe('supervise', () => {
  it('starts again what ended, and gives up when it keeps ending', async () => {
    let starts = 0;
    const start = async () => {
      starts += 1;
      return dead();
    };
    const { signal } = new AbortController();
    const watch = supervise({ name: 'worker', first: dead(), start, stop: signal, firstWait: 1 });
    await expect(watch).rejects.toThrow('The worker keeps ending, the last time because it fell over');
    expect(starts).toBe(5);
  });

  it('does not start anything when all is to stop', async () => {
    const controller = new AbortController();
    const start = async () => {
      controller.abort();
      return dead();
    };
    await supervise({ name: 'web', first: dead(), start, stop: controller.signal, firstWait: 1 });
    await supervise({ name: 'web', first: alive(), start, stop: controller.signal });
  });
});
