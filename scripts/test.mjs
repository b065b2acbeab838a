// `npm test`: everything that there is to check. `npm test -- lint unit` runs only the parts that are named.
import './lib/require-node.cjs';
import { main } from './test/main.mjs';

await main(process.argv.slice(2));
