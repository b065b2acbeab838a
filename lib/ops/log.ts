import { pino } from 'pino';
import { readLogLevel } from './env';

/** The process's log: JSON lines on standard output. Addresses of databases and secrets are never logged. */
export const log = pino({
  level: readLogLevel(),
  base: { pid: process.pid },
  redact: ['DATABASE_URL', 'REDIS_URL', '*.password', '*.authorization', '*.cookie'],
});
