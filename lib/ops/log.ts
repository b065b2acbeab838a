import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { readLogLevel } from './env';

/** What is never logged, however deep it lies in an object that is logged. */
const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'SECRET_KEY',
  'METRICS_TOKEN',
  'OIDC_CLIENT_SECRET',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'password',
  'passwordHash',
  'credentials',
  'secret',
  'token',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
];

/** The same in texts, such as the message of an error: what stands before the secret is kept. */
const IN_TEXT: RegExp[] = [
  // A name and password in an address.
  /(:\/\/)[^\s/?#"\\@]+@/g,
  /(\b(?:Bearer|Basic|GoogleLogin auth=)\s*)[\w.~+/=-]{6,}/gi,
  /([?&](?:\w*token|\w*key|auth|secret|sig|signature|pass|password|pwd|code)=)[^&\s"\\#]+/gi,
  // One-time links, and where hubs push to.
  /(\/(?:websub|welcome)\/)[\w-]{8,}/g,
];
const HIDDEN = '[Redacted]';

/** @returns a line of the log, or another text, without what looks like a secret; a line of JSON stays one. */
export function hideSecrets(line: string): string {
  return IN_TEXT.reduce((text, pattern) => text.replace(pattern, `$1${HIDDEN}`), line).replaceAll(
    `://${HIDDEN}`,
    `://${HIDDEN}@`,
  );
}

/**
 * Makes a log of JSON lines in which addresses of databases and secrets are hidden.
 *
 * @param destination standard output unless told.
 */
export function createLog(destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level: readLogLevel(),
    base: { pid: process.pid },
    redact: SECRETS.map((name) => `["${name}"]`).flatMap((name) => [name, `*${name}`, `*.*${name}`]),
    hooks: { streamWrite: hideSecrets },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The process's log: JSON lines on standard output. */
export const log = createLog();
