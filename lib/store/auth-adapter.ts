import { prismaAdapter } from 'better-auth/adapters/prisma';
import { openStore } from './client';

/** What Better Auth reads and writes its tables through: the process's own connections. */
export function openAuthAdapter() {
  return prismaAdapter(openStore(), { provider: 'postgresql', transaction: true });
}
