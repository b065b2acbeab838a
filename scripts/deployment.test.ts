import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FEW_ARENAS } from './lib/few-arenas.mjs';

const read = (path: string) => readFileSync(path, 'utf8');

describe('the files for deployments', () => {
  it('name every setting in .env.example', () => {
    const settings = [...read('lib/ops/env.ts').matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
    const listed = [...read('.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(settings.length).toBeGreaterThan(10);
    expect(listed.sort()).toEqual(settings.sort());
  });

  it('run the same three commands everywhere', () => {
    const commands = [...read('Procfile').matchAll(/node (dist\/\w+\.c?js)/g)].map(([, file]) => file);
    expect(commands).toEqual(['dist/release.js', 'dist/web.js', 'dist/worker.cjs']);
    for (const file of commands) expect(read('compose.yaml')).toContain(`command: ["node", "${file}"]`);
  });

  it('have workers keep two arenas', () => {
    const [[name, value]] = Object.entries(FEW_ARENAS) as [[string, string]];
    expect(read('Procfile')).toMatch(new RegExp(`^worker: ${name}=${value} `, 'm'));
    expect(read('Dockerfile')).toMatch(new RegExp(`^ENV .*\\b${name}=${value}$`, 'm'));
  });

  it('ask everybody to sign in', () => {
    const { env } = JSON.parse(read('app.json'));
    expect(env.AUTH).toMatchObject({ value: 'on' });
    expect(env.SECRET_KEY).toMatchObject({ generator: 'secret' });
    expect(env.BASE_URL).toMatchObject({ required: true });
    expect(read('compose.yaml')).toMatch(/AUTH: \$\{AUTH:-on\}/);
    expect(read('compose.yaml')).toMatch(/- "\$\{PUBLISH:-127\.0\.0\.1:3000\}:3000"/);
  });
});
