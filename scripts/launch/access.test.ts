import { describe, expect, it } from 'vitest';
import { explainPort, localAddress, probeAddress, refuseOpenDoor } from './access';

describe('refuseOpenDoor', () => {
  it('lets nobody in by accident', () => {
    expect(() => refuseOpenDoor({ AUTH: 'off', HOST: '0.0.0.0' })).not.toThrow();
    expect(() => refuseOpenDoor({ AUTH: 'on', HOST: '0.0.0.0' })).toThrow(
      /^HOST=0\.0\.0\.0 lets other machines in/,
    );
    expect(() => refuseOpenDoor({ AUTH: 'on', HOST: '127.0.0.1' })).toThrow(/^AUTH=on needs accounts/);
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
