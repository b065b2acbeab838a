import { openStore } from './client';
import { Prisma, type UserRole } from './generated/client';

/**
 * Makes a user who cannot sign in yet: a link gives them a password.
 *
 * @returns the id; null when name or email address are another user's.
 */
export async function createUser(user: {
  name: string;
  email: string | null;
  role: UserRole;
}): Promise<number | null> {
  try {
    const made = await openStore().user.create({
      data: { ...user, email: user.email?.toLowerCase() ?? null, username: user.name.toLowerCase() },
      select: { id: true },
    });
    return made.id;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return null;
    throw error;
  }
}
