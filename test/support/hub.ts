import { once } from 'node:events';
import type { CallbackAnswer, HubAsked, HubBehaviour, HubServer, PublishOptions } from './hub-server';
import { startProcess } from './processes';

/** A hub in the process of hubs. */
export interface TestHub {
  /** Where subscriptions are asked for. */
  url: string;
  asked(): Promise<HubAsked[]>;
  answers(): Promise<CallbackAnswer[]>;
  behave(behaviour: HubBehaviour): Promise<void>;
  serves(topic: string): Promise<boolean>;
  publish(topic: string, body: string, options?: PublishOptions): Promise<number[]>;
  verify(callback: string, parameters: Record<string, string>): Promise<CallbackAnswer>;
}

export interface HubProcess {
  /** Opens one more hub; they all end with the process. */
  open(options?: { tls: boolean }): Promise<TestHub>;
  end(): Promise<unknown>;
}

/** Starts a process in which hubs are opened, on loopback. See `hub-server.ts` for what they do. */
export async function startHubProcess(): Promise<HubProcess> {
  const hubs = startProcess('test/support/hub-process.ts', {});
  const ready = await Promise.race([
    once(hubs.child, 'message').then(([sent]) => sent as { port: number }),
    once(hubs.child, 'exit').then(() => null),
  ]);
  if (ready === null) throw new Error(`The hubs did not start: ${hubs.output()}`);

  async function tell<T>(path: string, args: unknown[]): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${ready?.port}/${path}`, {
      method: 'POST',
      body: JSON.stringify(args),
    });
    const said = await response.json();
    if (!response.ok) throw new Error(String(said));
    return said as T;
  }

  return {
    async open(options = { tls: false }) {
      const origin = await tell<string>('open', [options]);
      const ask = <Name extends keyof Omit<HubServer, 'origin'>>(
        name: Name,
        ...args: Parameters<HubServer[Name]>
      ) => tell<Awaited<ReturnType<HubServer[Name]>>>(`${encodeURIComponent(origin)}/${name}`, args);
      return {
        url: `${origin}/hub`,
        asked: () => ask('asked'),
        answers: () => ask('answers'),
        behave: (behaviour) => ask('behave', behaviour),
        serves: (topic) => ask('serves', topic),
        publish: (...args) => ask('publish', ...args),
        verify: (...args) => ask('verify', ...args),
      };
    },
    end: () => hubs.end('SIGKILL'),
  };
}
