import { type ConnectionOptions, createPostgresBackend, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { readEnv } from '@/lib/ops/env';
import { outliveBreaks } from '@/lib/ops/outlive-breaks';

/** A producer gives up at once, since a person waits; a consumer waits for its queue to come back. */
export type Role = 'producer' | 'consumer';

export interface QueueConnection {
  /** What BullMQ's classes take, whichever backend it belongs to. */
  connection: ConnectionOptions;
  /** To be called after BullMQ's own classes are closed. */
  disconnect(): Promise<void>;
}

type OnError = (error: Error) => void;

function connectRedis(url: string, role: Role, onError: OnError): QueueConnection {
  const redis = new Redis(url, {
    maxRetriesPerRequest: role === 'consumer' ? null : 1,
    connectTimeout: 5000,
    retryStrategy: (times) => Math.min(times * 200, 2000),
  });
  redis.on('error', onError);
  // BullMQ's own; a test's process may have been on PostgreSQL before.
  setDefaultBackendFactory();
  return {
    connection: redis,
    async disconnect() {
      redis.disconnect();
    },
  };
}

function connectPostgres(url: string, role: Role, onError: OnError): QueueConnection {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `tidings-queue-${role}`,
    // The consumer holds one of them to listen on.
    max: role === 'consumer' ? 6 : 4,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    onConnect: outliveBreaks,
    options: '-c search_path=bullmq',
  });
  pool.on('error', onError);
  setDefaultBackendFactory(createPostgresBackend);
  // BullMQ's types name Redis connections only; the backend set above takes a pool.
  return { connection: pool as unknown as ConnectionOptions, disconnect: () => pool.end() };
}

/**
 * The one place that knows what carries the queue: Redis when REDIS_URL is set, else BullMQ's own PostgreSQL
 * backend, in the database that is there anyway. Both reconnect by themselves; their errors go to `onError`.
 */
export function connectQueue(role: Role, onError: OnError): QueueConnection {
  const { REDIS_URL, DATABASE_URL } = readEnv();
  return REDIS_URL === undefined
    ? connectPostgres(DATABASE_URL, role, onError)
    : connectRedis(REDIS_URL, role, onError);
}
