import type { ClientBase } from 'pg';

/**
 * For the `onConnect` of a pool: lets a connection break at any time. A pool listens to those that are idle, and a query
 * is told of its own; but a server that is stopping may end a connection in the same packet in which it has let it in,
 * before whoever has waited for it can listen. Nobody would then hear of it, which ends a process.
 */
export function outliveBreaks(client: ClientBase): void {
  client.on('error', () => undefined);
}
