import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseEnv } from '../../lib/ops/env';
import { keepSecretKey } from './secret-key';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tidings-key-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

describe('keepSecretKey', () => {
  it('makes a key that the settings take, once, for its owner only', async () => {
    const key = await keepSecretKey(dataDir);
    const { SECRET_KEY } = parseEnv({ DATABASE_URL: 'postgresql://localhost/', SECRET_KEY: key });
    expect(SECRET_KEY).toHaveLength(32);
    expect(await keepSecretKey(dataDir)).toBe(key);
    const path = join(dataDir, 'secret.key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe(`${key}\n`);
  });

  it('says in one sentence what is in its way', async () => {
    mkdirSync(join(dataDir, 'secret.key'));
    await expect(keepSecretKey(dataDir)).rejects.toThrow(/secret\.key/);
  });
});
