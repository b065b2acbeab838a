// For `node --import`: a resolver as an attacker's, which changes its answer from one question to the next. RESOLVER says
// which names it answers for, and what, one address after the other; the last one stays.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/** @type {Record<string, string[]>} */
const answers = JSON.parse(process.env.RESOLVER ?? '{}');
const { lookup } = dns;

dns.lookup = Object.assign(
  (/** @type {string} */ host, /** @type {any} */ options, /** @type {any} */ callback) => {
    const left = answers[host];
    if (left === undefined) return lookup(host, options, callback);
    const address = left.length > 1 ? left.shift() : left[0];
    callback(null, [{ address, family: 4 }]);
  },
  lookup,
);
syncBuiltinESMExports();
