import { describe, expect, it } from 'vitest';
import { isLoopbackHost, parseEnv, SettingError } from './env';

const DATABASE_URL = 'postgres://me@localhost/tidings';

describe('parseEnv', () => {
  it('has defaults for everything but the database', () => {
    expect(parseEnv({ DATABASE_URL })).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      AUTH: 'off',
      FETCH_ALLOW_NETWORKS: [],
      LOG_LEVEL: 'info',
    });
  });
  it('asks others as gently, and waits for them as briefly, as the README says', () => {
    expect(parseEnv({ DATABASE_URL })).toMatchObject({
      FETCH_CONNECT_TIMEOUT_MS: 10_000,
      FETCH_TIMEOUT_MS: 30_000,
      FETCH_IDLE_TIMEOUT_MS: 15_000,
      FETCH_MAX_BYTES: 15 * 1024 * 1024,
      FETCH_MAX_HEADER_BYTES: 32 * 1024,
      FETCH_MAX_REDIRECTS: 5,
      FETCH_HOST_CONCURRENCY: 2,
      FETCH_HOST_PER_MINUTE: 60,
      WORKER_CONCURRENCY: 200,
      FETCH_ICONS: 'on',
    });
  });
  it('an empty value is none', () => {
    expect(parseEnv({ DATABASE_URL, PORT: '', REDIS_URL: ' ' })).toMatchObject({ PORT: 3000 });
  });
  it('takes a key in base64 and in hex, and proxies by either name', () => {
    const key = Buffer.alloc(32, 0xfb);
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      expect(parseEnv({ DATABASE_URL, SECRET_KEY: key.toString(encoding) }).SECRET_KEY).toEqual(key);
    }
    const proxies = { http_proxy: 'http://a:1', HTTP_PROXY: 'http://b:1', no_proxy: 'c' };
    expect(parseEnv({ DATABASE_URL, ...proxies })).toMatchObject({ HTTP_PROXY: 'http://b:1', NO_PROXY: 'c' });
  });
  it('takes a number of proxies or their networks', () => {
    expect(parseEnv({ DATABASE_URL }).TRUST_PROXY).toEqual([]);
    expect(parseEnv({ DATABASE_URL, TRUST_PROXY: '1' }).TRUST_PROXY).toBe(1);
    const networks = ['10.0.0.0/8', 'fd00::/8'];
    expect(parseEnv({ DATABASE_URL, TRUST_PROXY: '10.0.0.0/8, fd00::/8' }).TRUST_PROXY).toEqual(networks);
  });
  it('asks for accounts wherever others can reach it', () => {
    expect(parseEnv({ DATABASE_URL, HOST: '0.0.0.0' }).AUTH).toBe('on');
    expect(parseEnv({ DATABASE_URL, HOST: '0.0.0.0', AUTH: 'off' }).AUTH).toBe('off');
  });
  it.each<[Record<string, string>, RegExp]>([
    [{}, /^DATABASE_URL is not set/],
    [
      { DATABASE_URL: 'mysql://x' },
      /^DATABASE_URL cannot be used: it must be an address that starts with postgres/,
    ],
    [{ DATABASE_URL, PORT: 'http' }, /^PORT cannot be used: it must be a whole number\.$/],
    [{ DATABASE_URL, PORT: '65536' }, /^PORT cannot be used: it must be between 0 and 65535/],
    [{ DATABASE_URL, REDIS_URL: 'localhost:6379' }, /^REDIS_URL cannot be used/],
    [{ DATABASE_URL, FETCH_ALLOW_NETWORKS: '127.0.0.1' }, /ranges such as/],
    [{ DATABASE_URL, TRUST_PROXY: '11' }, /^TRUST_PROXY cannot be used: it must be how many proxies/],
    [{ DATABASE_URL, TRUST_PROXY: 'true' }, /^TRUST_PROXY cannot be used: it must be how many proxies/],
    [{ DATABASE_URL, AUTH: 'maybe' }, /^AUTH cannot be used: it must be on or off/],
    [{ DATABASE_URL, LOG_LEVEL: 'loud' }, /^LOG_LEVEL cannot be used/],
    [{ DATABASE_URL, FETCH_CONNECT_TIMEOUT_MS: '1s' }, /^FETCH_CONNECT_TIMEOUT_MS cannot be used/],
    [{ DATABASE_URL, FETCH_IDLE_TIMEOUT_MS: '1' }, /^FETCH_IDLE_TIMEOUT_MS cannot be used/],
    [{ DATABASE_URL, FETCH_MAX_HEADER_BYTES: '1' }, /^FETCH_MAX_HEADER_BYTES cannot be used/],
    [{ DATABASE_URL, FETCH_MAX_REDIRECTS: '21' }, /^FETCH_MAX_REDIRECTS .* between 0 and 20/],
    [{ DATABASE_URL, https_proxy: 'proxy:3128' }, /^HTTPS_PROXY cannot be used: .*http:\/\/ or https/],
    [{ DATABASE_URL, SECRET_KEY: 'open sesame' }, /^SECRET_KEY cannot be used: it must be 32 bytes/],
    [{ DATABASE_URL, WORKER_CONCURRENCY: '0' }, /^WORKER_CONCURRENCY cannot be used/],
  ])('%o is refused in one sentence', (source, says) => {
    expect(() => parseEnv(source)).toThrow(SettingError);
    expect(() => parseEnv(source)).toThrow(says);
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]', '::ffff:127.0.0.1'])('%s is', (host) =>
    expect(isLoopbackHost(host)).toBe(true),
  );
  it.each(['0.0.0.0', '::', '192.168.0.1', 'example.org', ''])('%s is not', (host) =>
    expect(isLoopbackHost(host)).toBe(false),
  );
});
