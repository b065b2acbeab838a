import { parseArgs } from 'node:util';
import { makePasswordLink, makeSetupLink } from '@/lib/auth/make-link';
import { readName } from '@/lib/auth/names';
import { createUser } from '@/lib/store/create-user';
import { listUsers, removeUser, setDisabled, type UserRow } from '@/lib/store/manage-users';
import { removeSecondStep } from '@/lib/store/second-steps';
import { findUserByName, type Reader } from '@/lib/store/users';
import { StartError } from '../lib/start-error.mjs';

const USAGE = `Usage: npm run user -- list
       npm run user -- create NAME [--email ADDRESS] [--admin]
       npm run user -- reset-password NAME
       npm run user -- reset-second-step NAME
       npm run user -- disable NAME | enable NAME
       npm run user -- delete NAME --yes
       npm run user -- setup

  create and reset-password print a link that works once, with which the user chooses a password.
  reset-second-step is for who has lost the authenticator app and the recovery codes.
  setup prints a new link for the owner's account, as long as nobody manages the installation.`;

interface Options {
  email?: string | undefined;
  admin: boolean;
  yes: boolean;
}

function readArguments(args: string[]): { command: string; name: string | undefined; options: Options } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        email: { type: 'string' },
        admin: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
      },
    });
    const [command = 'help', name, ...rest] = positionals;
    if (rest.length > 0) throw new StartError(USAGE);
    return { command, name, options: values };
  } catch (error) {
    if (error instanceof StartError || !(error instanceof TypeError)) throw error;
    throw new StartError(`${error.message}\n${USAGE}`);
  }
}

/**
 * Does what the command line says.
 *
 * @returns what to print.
 * @throws StartError, with what is wrong with it.
 */
export async function runCommand(args: string[]): Promise<string[]> {
  const { command, name, options } = readArguments(args);
  if (command === 'list' && name === undefined) return (await listUsers()).map(describeUser);
  if (command === 'setup' && name === undefined) return setUp();
  if (name === undefined) throw new StartError(USAGE);
  if (command === 'create') return create(name, options);
  const known = await requireUser(name);
  switch (command) {
    case 'reset-password':
      return [
        `With this link, which works once and for two days, ${known.name} chooses a new password:`,
        await makePasswordLink(known.id),
      ];
    case 'reset-second-step':
      await removeSecondStep(known.id);
      return [`${known.name} is no longer asked for codes.`];
    case 'disable':
    case 'enable':
      if (await setDisabled(known.id, command === 'disable')) return [`${known.name} is ${command}d.`];
      throw new StartError('The owner cannot be disabled.');
    case 'delete':
      return remove(known, options);
    default:
      throw new StartError(USAGE);
  }
}

async function create(name: string, { email, admin }: Options): Promise<string[]> {
  const readable = readName(name);
  if (readable === null) {
    throw new StartError(
      `"${name}" cannot be a name: letters and digits, and . _ - between them, 40 at most.`,
    );
  }
  const made = await createUser({ name: readable, email: email ?? null, role: admin ? 'ADMIN' : 'MEMBER' });
  if (made === null) throw new StartError('There is a user of that name or address already.');
  return [
    `${readable} is made. With this link, which works once and for two days, they choose a password:`,
    await makePasswordLink(made),
  ];
}

async function remove(user: Reader, { yes }: Options): Promise<string[]> {
  if (!yes) {
    throw new StartError(
      `This removes ${user.name}'s feeds, stars and read states for good: add --yes if it is meant.`,
    );
  }
  await removeUser(user.id);
  return [`${user.name} is removed.`];
}

async function setUp(): Promise<string[]> {
  const link = await makeSetupLink();
  if (link === null) throw new StartError('Somebody manages this installation already: use reset-password.');
  return [link];
}

async function requireUser(name: string): Promise<Reader> {
  const user = await findUserByName(name);
  if (user === null) throw new StartError(`There is no user called ${name}.`);
  return user;
}

function describeUser(user: UserRow): string {
  const seen = user.lastSeenAt === null ? 'never seen' : `seen ${user.lastSeenAt.toISOString().slice(0, 10)}`;
  const feeds = `${user.feeds} ${user.feeds === 1 ? 'feed' : 'feeds'}`;
  const state = user.disabledAt === null ? '' : ', disabled';
  return `${user.name}  ${user.role.toLowerCase()}, ${feeds}, ${seen}${state}`;
}
