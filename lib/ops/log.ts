import { type DestinationStream, type Logger, pino } from 'pino';
import { readLogLevel } from './env';

/** What is never logged, however deep it lies in an object that is logged. */
const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'SECRET_KEY',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'password',
  'credentials',
  'authorization',
  'cookie',
];

/**
 * Makes a log of JSON lines in which addresses of databases and secrets are hidden.
 *
 * @param destination standard output unless told.
 */
export function createLog(destination?: DestinationStream): Logger {
  const options = {
    level: readLogLevel(),
    base: { pid: process.pid },
    redact: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The process's log: JSON lines on standard output. */
export const log = createLog();
