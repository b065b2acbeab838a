import type { Metadata } from 'next';
import { makeInvitation, removeInvitation } from '@/app/account/admin-actions';
import { DoneLine } from '@/app/ui/done-line';
import { LinkForm } from '@/app/ui/link-form';
import type { SearchParams } from '@/app/ui/read-before';
import { SettingsSection } from '@/app/ui/settings-section';
import { SubmitButton } from '@/app/ui/submit-button';
import { TextField } from '@/app/ui/text-field';
import { UserRow } from '@/app/ui/user-row';
import { requireManager } from '@/lib/auth/manage-accounts';
import { readEnv } from '@/lib/ops/env';
import { listUsers } from '@/lib/store/manage-users';
import { listInvitations } from '@/lib/store/one-time-links';
import { SettingsTabs } from '../settings/settings-tabs';
import { UserDeeds } from './user-deeds';

export const metadata: Metadata = { title: 'People' };

const DONE = new Map([
  ['taken-back', 'The invitation leads nowhere any more.'],
  ['disabled', 'The account is disabled: its devices are signed out, and nobody gets in with it.'],
  ['enabled', 'The account is open again.'],
  ['removed', 'The account is deleted.'],
]);

async function Invitations() {
  const invitations = await listInvitations();
  return (
    <>
      <LinkForm action={makeInvitation} submit="Make an invitation" busy="Making it…">
        <TextField label="For whom (optional)" name="note" autoComplete="off" maxLength={100} />
      </LinkForm>
      {invitations.length > 0 && (
        <ul aria-label="Invitations" className="mt-6">
          {invitations.map(({ id, note, expiresAt }) => (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3"
            >
              <span>
                {note ?? 'An invitation'}
                <span className="block text-sm text-muted">until {expiresAt.toISOString().slice(0, 10)}</span>
              </span>
              <form action={removeInvitation}>
                <input type="hidden" name="id" value={id} />
                <SubmitButton look="plain" busy="One moment…">
                  Take back
                </SubmitButton>
              </form>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Who reads here, and who else may: for whoever manages the installation. */
export default async function AdminPage({ searchParams }: { searchParams: SearchParams }) {
  const manager = await requireManager();
  const users = await listUsers();
  const asOf = new Date().toISOString();
  const closed = readEnv().REGISTRATION === 'closed';
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">People</h1>
      <SettingsTabs current="/admin" />
      <DoneLine text={DONE.get(String((await searchParams).did)) ?? ''} deed={asOf} />
      <ul aria-label="People" className="mt-2">
        {users.map((user) => (
          <UserRow key={user.id} user={user} asOf={asOf}>
            {user.id === manager.id || user.role === 'OWNER' ? undefined : <UserDeeds user={user} />}
          </UserRow>
        ))}
      </ul>
      <SettingsSection
        title="Invite somebody"
        intro={
          closed
            ? 'Registration is closed. With REGISTRATION=invitation, a link made here lets somebody make an account; on the command line, `npm run user -- create` makes one either way.'
            : 'A link that works once, within seven days. Whoever has it makes an account of their own.'
        }
      >
        {!closed && <Invitations />}
      </SettingsSection>
    </>
  );
}
