import type { Metadata } from 'next';
import {
  allowPasskey,
  changePassword,
  giveUpSecondStep,
  removeAccount,
  removePasskey,
  renewCodes,
  setUpSecondStep,
} from '@/app/account/account-actions';
import { leave } from '@/app/account/entry-actions';
import { ConfirmForm } from '@/app/ui/confirm-form';
import { DoneLine } from '@/app/ui/done-line';
import { PasskeyForm } from '@/app/ui/passkey-form';
import { PasskeyList } from '@/app/ui/passkey-list';
import { PasswordForm } from '@/app/ui/password-form';
import type { SearchParams } from '@/app/ui/read-before';
import { RecoveryForm } from '@/app/ui/recovery-form';
import { SecondStepForm } from '@/app/ui/second-step-form';
import { SettingsSection } from '@/app/ui/settings-section';
import { SubmitButton } from '@/app/ui/submit-button';
import { currentUser } from '@/lib/auth/current-user';
import { readEnv } from '@/lib/ops/env';
import { readWaysIn } from '@/lib/store/sign-in-names';
import { SettingsTabs } from '../settings-tabs';
import { ExportSection } from './export-section';
import { ProviderSection } from './provider-section';

export const metadata: Metadata = { title: 'Account' };

const DONE = new Map([
  ['password', 'The password is changed, and every other device is signed out.'],
  ['one-step', 'No code is asked for any more.'],
  ['passkey', 'The passkey is added.'],
  ['passkey-removed', 'The passkey is removed.'],
]);

/** How one gets in, and how one leaves for good. */
export default async function AccountPage({ searchParams }: { searchParams: SearchParams }) {
  const user = await currentUser();
  if (readEnv().AUTH === 'off') return <WithoutAccounts />;
  const { did, error } = await searchParams;
  const ways = await readWaysIn(user.id);
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Account</h1>
      <SettingsTabs current="/settings/account" />
      <DoneLine text={DONE.get(String(did)) ?? ''} deed={new Date().toISOString()} />
      <SettingsSection
        title={user.name}
        intro={ways.email ?? 'You sign in with this name; no email address is known.'}
      >
        <form action={leave}>
          <SubmitButton look="plain" busy="Signing out…">
            Sign out
          </SubmitButton>
        </form>
      </SettingsSection>
      <SettingsSection title="Password" intro="What you sign in with when there is no passkey at hand.">
        <PasswordForm action={changePassword} name={user.name} first={!ways.hasPassword} />
      </SettingsSection>
      <SettingsSection
        title="Passkeys"
        intro="Sign in with what unlocks this device, or with a security key. A passkey can be neither guessed nor phished."
      >
        <PasskeyList passkeys={ways.passkeys} remove={removePasskey} />
        <PasskeyForm
          allow={allowPasskey}
          name={`Passkey ${ways.passkeys.length + 1}`}
          withPassword={ways.hasPassword}
          to="/settings/account?did=passkey"
        />
      </SettingsSection>
      <SettingsSection
        title="Second step"
        intro="With an authenticator app, the password alone opens nothing: a code from the app is asked for as well."
      >
        <SecondStepForm action={setUpSecondStep} withPassword={ways.hasPassword}>
          {ways.twoFactorEnabled ? (
            <div className="grid gap-8">
              <p className="font-medium">Codes of your authenticator app are asked for.</p>
              <RecoveryForm action={renewCodes} withPassword={ways.hasPassword} />
              <ConfirmForm
                action={giveUpSecondStep}
                submit="Stop asking for codes"
                busy="One moment…"
                withPassword={ways.hasPassword}
              />
            </div>
          ) : undefined}
        </SecondStepForm>
      </SettingsSection>
      <ProviderSection
        connected={ways.hasProvider}
        failed={error !== undefined}
        withPassword={ways.hasPassword}
      />
      <ExportSection />
      <SettingsSection
        title="Delete the account"
        intro="Your feeds, folders, stars and what you have read go for good; feeds that others follow stay theirs. Take your data with you first."
      >
        {user.role === 'OWNER' ? (
          <p className="text-[0.9375rem] text-muted">
            Yours holds the installation: it can be deleted on the command line only.
          </p>
        ) : (
          <ConfirmForm
            action={removeAccount}
            submit="Delete my account"
            busy="Deleting…"
            withPassword={ways.hasPassword}
            name={user.name}
          />
        )}
      </SettingsSection>
    </>
  );
}

/** With AUTH=off there is nobody to sign in; what is read here can be taken along all the same. */
function WithoutAccounts() {
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Account</h1>
      <SettingsTabs current="/settings/account" />
      <p className="mt-3 mb-6 max-w-xl text-muted">
        This Tidings asks nobody to sign in: whoever reaches its address reads here.
      </p>
      <ExportSection />
    </>
  );
}
