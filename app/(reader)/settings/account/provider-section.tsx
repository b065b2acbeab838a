import { connectProvider } from '@/app/account/provider-actions';
import { ConfirmForm } from '@/app/ui/confirm-form';
import { ObjectionLine } from '@/app/ui/objection';
import { SettingsSection } from '@/app/ui/settings-section';
import { readOidcName } from '@/lib/auth/oidc-name';

interface ProviderSectionProps {
  connected: boolean;
  /** Whether connecting it has just failed. */
  failed: boolean;
  /** Whether the account has a password to ask for. */
  withPassword: boolean;
}

/** Signing in through the installation's provider, where it has one. */
export function ProviderSection({ connected, failed, withPassword }: ProviderSectionProps) {
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
        <div className="grid max-w-md gap-4">
          <ObjectionLine
            message={failed ? `Connecting to ${name} did not work, or another account has it.` : null}
          />
          <ConfirmForm
            action={connectProvider}
            submit={`Connect to ${name}`}
            busy="One moment…"
            withPassword={withPassword}
          />
        </div>
      )}
    </SettingsSection>
  );
}
