// dist/worker.cjs. CommonJS: Node reads ES modules through libuv's pool, whose size is settled by its first use.
// Half of it at most looks up names, each of which may take half a minute; of the usual four threads, two.
process.env.UV_THREADPOOL_SIZE ||= '64';
import('./worker.js');
