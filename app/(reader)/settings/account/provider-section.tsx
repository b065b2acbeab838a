import { connectProvider } from '@/app/account/provider-actions';
import { SettingsSection } from '@/app/ui/settings-section';
import { SubmitButton } from '@/app/ui/submit-button';
import { readOidcName } from '@/lib/auth/oidc-name';

/** Signing in through the installation's provider, where it has one. */
export function ProviderSection({ connected }: { connected: boolean }) {
  const name = readOidcName();
  if (name === null) return null;
  return (
    <SettingsSection
      title={name}
      intro={
        connected
          ? `You can sign in with ${name}.`
          : `Connect your account to ${name}, and sign in with it from then on.`
      }
    >
      {!connected && (
        <form action={connectProvider}>
          <SubmitButton look="plain" busy="One moment…">
            {`Connect to ${name}`}
          </SubmitButton>
        </form>
      )}
    </SettingsSection>
  );
}
