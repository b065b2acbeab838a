import { expect, it } from 'vitest';
import { stopInOrder } from './stop-in-order';

it('stops everything, step by step, whatever fails on the way', async () => {
  const stopped: string[] = [];
  const stop = (name: string) => async () => {
    await new Promise((resolve) => setImmediate(resolve));
    stopped.push(name);
  };
  const [away, odd] = [new Error('the queue is away'), new Error('odd')];
  const steps = [
    [stop('sweep'), stop('hubs')],
    [() => Promise.reject(away)],
    [
      () => {
        throw odd;
      },
      stop('fetches'),
    ],
    [stop('store')],
  ];
  await expect(stopInOrder(steps)).rejects.toMatchObject({ errors: [away, odd] });
  expect(stopped).toEqual(['sweep', 'hubs', 'fetches', 'store']);
});
