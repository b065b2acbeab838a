// For `node --import`: a resolver that can be switched. The file RESOLVER_FILE says what it answers for names under
// `switched.example`, from one moment to the next: `{"address": "127.0.0.1"}` or `{"error": "EAI_AGAIN"}`.
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { lookup } = dns;

dns.lookup = Object.assign(
  (/** @type {string} */ host, /** @type {any} */ options, /** @type {any} */ callback) => {
    if (!host.endsWith('.switched.example')) return lookup(host, options, callback);
    const { address, error } = JSON.parse(readFileSync(process.env.RESOLVER_FILE ?? '', 'utf8'));
    if (error === undefined) callback(null, [{ address, family: 4 }]);
    else callback(Object.assign(new Error(`getaddrinfo ${error} ${host}`), { code: error }));
  },
  lookup,
);
syncBuiltinESMExports();
