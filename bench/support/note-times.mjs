import { subscribe } from 'node:diagnostics_channel';

/**
 * For the web process of a benchmark (`node --import`): notes how long each request is in it, from its headers to the end
 * of the answer, and tells whoever asks.
 */
const begun = new WeakMap();
let times = [];

subscribe('http.server.request.start', ({ request }) => begun.set(request, performance.now()));
subscribe('http.server.response.finish', ({ request }) => times.push(performance.now() - begun.get(request)));
process.on('message', (message) => {
  if (message !== 'times') return;
  process.send(times);
  times = [];
});
