// Loaded before a worker (`--require`): does as it is told what a worker does when servers of names are silent.
const { lookup } = require('node:dns');
const { open } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

/** @param {unknown} message its `fifos` nobody writes to: opening one of them keeps a thread. */
function occupy(message) {
  if (typeof message !== 'object' || message === null || !('fifos' in message)) return;
  for (const fifo of /** @type {string[]} */ (message.fifos)) open(fifo, 'r', () => undefined);
  const size = process.env.UV_THREADPOOL_SIZE;
  lookup('localhost', (error) => process.send?.({ size, found: error === null }));
}

if (isMainThread) process.on('message', occupy);
