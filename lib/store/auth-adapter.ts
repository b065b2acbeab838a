import type { BetterAuthOptions } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { openStore } from './client';

/** Stands behind who somebody is to a provider that does not tell their email address; it is not stored. */
export const NO_ADDRESS = '@no-address.invalid';

/** Better Auth takes it that everybody has an address. Who has none is known to it by their name instead. */
function addAddress<Row>(row: Row): Row {
  if (typeof row !== 'object' || row === null) return row;
  if ('user' in row) addAddress(row.user);
  if ('email' in row && row.email === null && 'name' in row) row.email = row.name;
  return row;
}

type Adapter = ReturnType<ReturnType<typeof prismaAdapter>>;

function withAddresses<Part extends Omit<Adapter, 'transaction'>>(adapter: Part): Part {
  return {
    ...adapter,
    create: async (query) => {
      const isUnknown = String(query.data.email).endsWith(NO_ADDRESS);
      const data = isUnknown ? { ...query.data, email: null } : query.data;
      return addAddress(await adapter.create({ ...query, data }));
    },
    findOne: async (query) => addAddress(await adapter.findOne(query)),
    findMany: async (query) => (await adapter.findMany(query)).map((row) => addAddress(row)),
    update: async (query) => addAddress(await adapter.update(query)),
  } as Part;
}

/** What Better Auth reads and writes its tables through: the process's own connections. */
export function openAuthAdapter() {
  const open = prismaAdapter(openStore(), { provider: 'postgresql', transaction: true });
  return (options: BetterAuthOptions): Adapter => {
    const adapter = open(options);
    return {
      ...withAddresses(adapter),
      transaction: (run) => adapter.transaction((inner) => run(withAddresses(inner))),
    };
  };
}
