import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../scripts/lib/processes.mjs';

/**
 * Puts what the Dockerfile's last stage copies into an empty folder, and nothing else.
 *
 * @returns the folder, which stands for the image.
 */
export async function unpackImage(): Promise<string> {
  const image = await mkdtemp(join(tmpdir(), 'tidings-image-'));
  await chmod(image, 0o755);
  const copies = readFileSync('Dockerfile', 'utf8').matchAll(/^COPY --from=build \/app\/(\S+) \.\/(\S+)$/gm);
  for (const [, from = '', to = ''] of copies) await cp(from, join(image, to), { recursive: true });
  return image;
}

/** @returns the command of a process, as the Procfile has it. */
function commandOf(name: string): string {
  const line = readFileSync('Procfile', 'utf8').match(new RegExp(`^${name}: (.*)$`, 'm'));
  return line?.[1] ?? '';
}

/** A process of the image. */
export interface ImageProcess {
  output(): string;
  ended: Promise<number | null>;
  stop(): Promise<number | null>;
}

/** Runs a command of the Procfile in the image; as root, it runs as nobody, since the image has a user of its own. */
export function startInImage(image: string, name: string, settings: Record<string, string>): ImageProcess {
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const child: ChildProcess = spawn('/bin/sh', ['-c', `exec env ${commandOf(name)}`], {
    cwd: image,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...nobody,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    output: () => text,
    ended,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Waits for an answer with status 200. @throws with what the process wrote. */
export async function expectAnswer(url: string, from: ImageProcess): Promise<void> {
  const ok = () =>
    fetch(url).then(
      (response) => response.ok,
      () => false,
    );
  if (!(await until(ok, 30_000))) throw new Error(`${url} does not answer:\n${from.output()}`);
}
