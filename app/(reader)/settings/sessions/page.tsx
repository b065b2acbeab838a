import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { revokeOtherSessions, revokeSession } from '@/app/account/access-actions';
import { DoneLine } from '@/app/ui/done-line';
import type { SearchParams } from '@/app/ui/read-before';
import { SessionRow } from '@/app/ui/session-row';
import { SubmitButton } from '@/app/ui/submit-button';
import { currentUser } from '@/lib/auth/current-user';
import { readOwnSessions } from '@/lib/auth/own-sessions';
import { readEnv } from '@/lib/ops/env';
import { SettingsTabs } from '../settings-tabs';

export const metadata: Metadata = { title: 'Devices' };

const DONE = new Map([
  ['revoked', 'That device is signed out.'],
  ['others', 'Every other device is signed out.'],
]);

/** Where one is signed in. */
export default async function SessionsPage({ searchParams }: { searchParams: SearchParams }) {
  const user = await currentUser();
  if (readEnv().AUTH === 'off') notFound();
  const sessions = await readOwnSessions(user.id);
  const asOf = new Date().toISOString();
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Devices</h1>
      <SettingsTabs current="/settings/sessions" />
      <DoneLine text={DONE.get(String((await searchParams).did)) ?? ''} deed={asOf} />
      <p className="mt-4 max-w-xl text-[0.9375rem] text-muted">
        These browsers are signed in to your account. One that you do not know, you should sign out, and then
        change the password.
      </p>
      <ul aria-label="Devices" className="mt-3">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={{
              ...session,
              createdAt: session.createdAt.toISOString(),
              lastSeenAt: session.lastSeenAt.toISOString(),
            }}
            asOf={asOf}
            revoke={revokeSession}
          />
        ))}
      </ul>
      {sessions.length > 1 && (
        <form action={revokeOtherSessions} className="mt-5">
          <SubmitButton look="plain" busy="Signing out…">
            Sign out every other device
          </SubmitButton>
        </form>
      )}
    </>
  );
}
