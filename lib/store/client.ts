import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { readEnv } from '@/lib/ops/env';
import { outliveBreaks } from '@/lib/ops/outlive-breaks';
import { closeBulk } from './bulk-client';
import { PrismaClient } from './generated/client';
import { GIVE_UP_IDLE } from './give-up-idle';

/** Next bundles routes apart from each other: one pool a process, wherever it is imported. */
const shared = globalThis as typeof globalThis & { tidingsPrisma?: PrismaClient };

/** A statement has the same name wherever it is sent: a connection reads and plans it once. */
const nameStatement = ({ sql }: { sql: string }) => createHash('sha1').update(sql).digest('base64');

function createClient(): PrismaClient {
  const pool = {
    connectionString: readEnv().DATABASE_URL,
    application_name: 'tidings',
    max: 10,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    onConnect: outliveBreaks,
    // The adapter reads timestamps as if the session were in UTC, whatever zone the server is set to.
    options: `-c TimeZone=UTC ${GIVE_UP_IDLE}`,
  };
  return new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: nameStatement }) });
}

/** The process's connection to PostgreSQL, opened at the first query. Only `lib/store` may use it. */
export function openStore(): PrismaClient {
  shared.tidingsPrisma ??= createClient();
  return shared.tidingsPrisma;
}

/** Closes the connections, at the end of a process or a test. */
export async function closeStore(): Promise<void> {
  await Promise.all([shared.tidingsPrisma?.$disconnect(), closeBulk()]);
  delete shared.tidingsPrisma;
}

/** @throws when PostgreSQL does not answer. */
export async function pingStore(): Promise<void> {
  await openStore().$queryRaw`SELECT 1`;
}
