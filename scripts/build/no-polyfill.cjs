// Stands in for polyfills in scripts for browsers (next.config.ts); where one of `process` was, this is all of it.
module.exports = { env: {} };
