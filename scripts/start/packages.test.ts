import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInstalled } from './packages.mjs';

const lock = {
  '': { name: 'tidings' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b-win32': { version: '2.0.0', optional: true },
};

function project(installed?: object) {
  const root = mkdtempSync(join(tmpdir(), 'tidings-packages-'));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: lock }));
  mkdirSync(join(root, 'node_modules'));
  if (installed)
    writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  return root;
}

describe('isInstalled', () => {
  it('asks for an installation when there is none, or it is of something else', () => {
    const { 'node_modules/a': a } = lock;
    expect(isInstalled(project())).toBe(false);
    expect(isInstalled(project({}))).toBe(false);
    expect(isInstalled(project({ 'node_modules/a': { ...a, version: '1.0.1' } }))).toBe(false);
    expect(isInstalled(project({ 'node_modules/a': { ...a, integrity: 'sha512-b' } }))).toBe(false);
  });

  it('does without packages for other platforms', () => {
    expect(isInstalled(project({ 'node_modules/a': lock['node_modules/a'] }))).toBe(true);
  });
});
