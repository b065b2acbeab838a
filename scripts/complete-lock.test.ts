import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMissing } from './complete-lock.mjs';

describe('package-lock.json', () => {
  it('has the packages of all platforms: after `npm install`, `npm run complete-lock` adds what npm left out', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    expect(Object.keys(findMissing(packages))).toEqual([]);
  });

  it('is completed with where each of them can run', () => {
    const optionalDependencies = {
      '@x/y-linux-x64-musl': '1.2.3',
      'z-darwin-arm64': '^2.0.0',
      'here-win32-x64': '1.0.0',
    };
    const packages = {
      'node_modules/x': { dev: true, optionalDependencies },
      'node_modules/here-win32-x64': {},
    };
    expect(findMissing(packages)).toEqual({
      'node_modules/@x/y-linux-x64-musl': {
        version: '1.2.3',
        cpu: ['x64'],
        os: ['linux'],
        libc: ['musl'],
        dev: true,
        optional: true,
      },
      'node_modules/z-darwin-arm64': {
        version: '2.0.0',
        cpu: ['arm64'],
        os: ['darwin'],
        dev: true,
        optional: true,
      },
    });
  });
});
