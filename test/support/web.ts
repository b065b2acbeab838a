import { freePort } from '../../scripts/lib/ports.mjs';
import { eventually } from './eventually';
import { startProcess, type TestProcess } from './processes';

/** The web process as it runs in earnest, from the build. */
export interface TestWeb extends TestProcess {
  /** Without a slash at the end. */
  url: string;
  port: number;
}

/** Starts the web process and waits until it can be used. */
export async function startWebProcess(env: Record<string, string>): Promise<TestWeb> {
  const port = await freePort();
  // Passkeys are for names: a number cannot have any.
  const url = `http://${env.AUTH === 'on' ? 'localhost' : '127.0.0.1'}:${port}`;
  const web = startProcess('dist/web.js', {
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
    ...(env.AUTH === 'on' && { BASE_URL: url }),
    ...env,
  });
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  await eventually(isReady, 'the web process is ready', 30_000).catch((error: Error) => {
    throw new Error(`${error.message}\n${web.output()}`);
  });
  return { ...web, url, port };
}
