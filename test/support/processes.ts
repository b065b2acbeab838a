import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { commandFor, findProgram, passBundles } from './bundles';

export interface TestProcess {
  child: ChildProcess;
  /** Everything it has printed. */
  output(): string;
  /** Ends it with a signal; resolves with its exit status, null when the signal killed it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts one of the project's programs, bundled or as TypeScript, as a process of its own. */
export function startProcess(script: string, env: Record<string, string>, args: string[] = []): TestProcess {
  const child = spawn(process.execPath, [...commandFor(script), ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...passBundles(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  const collect = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const killed = () => child.kill('SIGKILL');
  process.on('exit', killed);
  child.on('exit', () => process.off('exit', killed));
  return {
    child,
    output: () => printed,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** Starts a worker process and waits until it says that it is ready. */
export async function startWorkerProcess(
  env: Record<string, string>,
): Promise<TestProcess & { healthPort: number }> {
  const worker = startProcess(findProgram('worker.cjs', 'workers/main.ts'), {
    FETCH_ALLOW_NETWORKS: '127.0.0.0/8',
    // One server plays all hosts: a test that is about politeness sets these itself.
    FETCH_HOST_CONCURRENCY: '50',
    FETCH_HOST_PER_MINUTE: '600000',
    // Sites of the tests' feeds are not on this machine.
    FETCH_ICONS: 'off',
    WORKER_PORT: '0',
    LOG_LEVEL: 'debug',
    ...env,
  });
  const message = await Promise.race([
    once(worker.child, 'message').then(([sent]) => sent as { healthPort: number }),
    once(worker.child, 'exit').then(() => null),
  ]);
  if (message === null) throw new Error(`The worker did not start: ${worker.output()}`);
  return { ...worker, healthPort: message.healthPort };
}
