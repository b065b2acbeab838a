import { runBundled } from './support/run-bundled';

await runBundled('bench/simulate/main.ts', process.argv.slice(2));
