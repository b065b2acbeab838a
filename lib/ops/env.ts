import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** A setting that cannot be used; the message is one sentence for the person who set it. */
export class SettingError extends Error {
  override name = 'SettingError';
}

const wholeNumber = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be between ${min} and ${max}`)
    .default(fallback);

const urlWithScheme = (schemes: string[]) =>
  z.string().refine(
    (value) => {
      const url = URL.parse(value);
      return url !== null && schemes.includes(url.protocol);
    },
    `must be an address that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
  );

const splitList = (value: string) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
const areNetworks = (list: readonly string[]) => list.every((cidr) => ipaddr.isValidCIDR(cidr));

const cidrList = z
  .string()
  .transform(splitList)
  .refine(areNetworks, 'must be ranges such as 127.0.0.0/8, separated by commas')
  .default([]);

/** How many proxies are in front, or where they are. */
const trustProxy = z
  .string()
  .transform((value) => (/^\s*\d+\s*$/.test(value) ? Number(value) : splitList(value)))
  .refine(
    (trust) => (typeof trust === 'number' ? trust <= 10 : areNetworks(trust)),
    'must be how many proxies are in front (1 to 10), or their ranges, such as 10.0.0.0/8',
  )
  .default([]);

/** 64 hex digits, or base64 (of either alphabet) that stands for as many bytes as an AES-256 key has. */
const secretKey = z
  .string()
  .transform((value) => Buffer.from(value.trim(), /^[0-9a-f]{64}$/i.test(value.trim()) ? 'hex' : 'base64'))
  .refine(
    (key) => key.length === 32,
    'must be 32 bytes in base64 or hex, as `openssl rand -base64 32` prints',
  );

const proxyAddress = urlWithScheme(['http:', 'https:']);

const schema = z.object({
  PORT: wholeNumber(0, 65_535, 3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  WORKER_PORT: wholeNumber(0, 65_535, 3001),
  DATABASE_URL: urlWithScheme(['postgres:', 'postgresql:']),
  REDIS_URL: urlWithScheme(['redis:', 'rediss:']).optional(),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.tidings')
    .transform((dir) => resolve(dir)),
  WORKER_CONCURRENCY: wholeNumber(1, 1000, 200),
  FETCH_TIMEOUT_MS: wholeNumber(1000, 600_000, 30_000),
  FETCH_CONNECT_TIMEOUT_MS: wholeNumber(100, 600_000, 10_000),
  FETCH_IDLE_TIMEOUT_MS: wholeNumber(1000, 600_000, 15_000),
  FETCH_MAX_BYTES: wholeNumber(1024, 1_073_741_824, 15_728_640),
  FETCH_MAX_HEADER_BYTES: wholeNumber(1024, 1_048_576, 32_768),
  FETCH_MAX_REDIRECTS: wholeNumber(0, 20, 5),
  FETCH_HOST_CONCURRENCY: wholeNumber(1, 100, 2),
  FETCH_HOST_PER_MINUTE: wholeNumber(1, 600_000, 60),
  FETCH_ALLOW_NETWORKS: cidrList,
  FETCH_ICONS: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  HTTP_PROXY: proxyAddress.optional(),
  HTTPS_PROXY: proxyAddress.optional(),
  NO_PROXY: z.string().default(''),
  SECRET_KEY: secretKey.optional(),
  AUTH: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
  BASE_URL: urlWithScheme(['http:', 'https:']).optional(),
  REGISTRATION: z
    .enum(['closed', 'invitation', 'open'], { error: 'must be closed, invitation or open' })
    .default('closed'),
  OIDC_ISSUER: urlWithScheme(['http:', 'https:']).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('OpenID Connect'),
  OIDC_SIGN_UP: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
  TRUST_PROXY: trustProxy,
  METRICS_TOKEN: z.string().trim().min(16, 'must have 16 characters or more').optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
});

export type Env = Omit<z.infer<typeof schema>, 'AUTH'> & { AUTH: 'on' | 'off' };

/** @returns whether a server that listens on `host` can be reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === 'localhost') return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
}

/**
 * Validates settings (DESIGN section 7). An empty value counts as absent, as it does on most platforms.
 *
 * @throws SettingError naming the first setting that cannot be used, and what it must be.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const filled = Object.entries(source).filter(([, value]) => value?.trim());
  // Of proxies alone, the names in lower case are as common.
  const proxies = filled
    .filter(([name]) => /^(?:https?|no)_proxy$/.test(name))
    .map(([name, value]) => [name.toUpperCase(), value]);
  const present: typeof source = Object.fromEntries([...proxies, ...filled]);
  const result = schema.safeParse(present);
  if (!result.success) {
    const issue = result.error.issues[0];
    const name = String(issue?.path[0]);
    if (present[name] === undefined) {
      throw new SettingError(`${name} is not set; \`npm start\` sets it, other processes need it.`);
    }
    throw new SettingError(`${name} cannot be used: it ${issue?.message}.`);
  }
  const { AUTH, ...rest } = result.data;
  return { ...rest, AUTH: AUTH ?? (isLoopbackHost(rest.HOST) ? 'off' : 'on') };
}

let cached: Env | undefined;

/**
 * The settings of this process, read once.
 *
 * @throws SettingError as `parseEnv` does.
 */
export function readEnv(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** The log's level. A wrong one is reported with the other settings: the log itself starts all the same. */
export function readLogLevel(): Env['LOG_LEVEL'] {
  return schema.shape.LOG_LEVEL.safeParse(process.env.LOG_LEVEL || undefined).data ?? 'info';
}
