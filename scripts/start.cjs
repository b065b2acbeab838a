// `npm start`. CommonJS, so that an old Node.js gets far enough to be told that it is too old.
require('./lib/require-node.cjs');
require('./start/import-main.cjs');
