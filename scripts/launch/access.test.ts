import { describe, expect, it } from 'vitest';
import { explainPort, localAddress, probeAddress, refuseOpenDoor } from './access';

describe('refuseOpenDoor', () => {
  const SECRET_KEY = Buffer.alloc(32);
  const BASE_URL = 'https://reader.example.org';
  const on = { AUTH: 'on', HOST: '0.0.0.0', SECRET_KEY, BASE_URL } as const;

  it('lets everybody in where that is said, or on this machine', () => {
    expect(() => refuseOpenDoor({ ...on, AUTH: 'off' })).not.toThrow();
    expect(() => refuseOpenDoor(on)).not.toThrow();
    expect(() => refuseOpenDoor({ ...on, BASE_URL: 'http://localhost:3000' })).not.toThrow();
    expect(() => refuseOpenDoor({ ...on, HOST: '127.0.0.1', BASE_URL: undefined })).not.toThrow();
    expect(() => refuseOpenDoor({ ...on, SECRET_KEY: undefined }, true)).not.toThrow();
  });
  it.each([
    [{ ...on, SECRET_KEY: undefined }, /^HOST=0\.0\.0\.0 lets other machines in.*needs SECRET_KEY.*AUTH=off/],
    [{ ...on, BASE_URL: undefined }, /^HOST=0\.0\.0\.0 .*needs BASE_URL.*AUTH=off/],
    [{ ...on, BASE_URL: 'http://192.168.1.5:3000' }, /starts with https:\/\/: over http:\/\/192/],
    [{ ...on, HOST: '127.0.0.1', SECRET_KEY: undefined }, /^AUTH=on needs SECRET_KEY/],
  ])('signs nobody in where that is not safe', (env, says) => {
    expect(() => refuseOpenDoor(env)).toThrow(says);
  });
});

describe('addresses', () => {
  it.each([
    ['127.0.0.1', 'http://localhost:3000', 'http://127.0.0.1:3000'],
    ['0.0.0.0', 'http://localhost:3000', 'http://127.0.0.1:3000'],
    ['::', 'http://localhost:3000', 'http://[::1]:3000'],
    ['[::1]', 'http://[::1]:3000', 'http://[::1]:3000'],
    ['192.168.1.5', 'http://192.168.1.5:3000', 'http://192.168.1.5:3000'],
  ])('of a server on %s', (host, forPeople, forProbes) => {
    expect(localAddress(host, 3000)).toBe(forPeople);
    expect(probeAddress(host, 3000)).toBe(forProbes);
  });

  it('say why a port cannot be had', () => {
    expect(explainPort('PORT', 80, '127.0.0.1', 'EACCES')).toBe(
      'Port 80 may only be used by root: set PORT to one above 1023.',
    );
    expect(explainPort('PORT', 80, '127.0.0.1', 'EWHATEVER')).toContain('(EWHATEVER)');
  });
});
