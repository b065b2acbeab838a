import { connectProvider } from '@/app/account/provider-actions';
import { ObjectionLine } from '@/app/ui/objection';
import { SettingsSection } from '@/app/ui/settings-section';
import { SubmitButton } from '@/app/ui/submit-button';
import { readOidcName } from '@/lib/auth/oidc-name';

interface ProviderSectionProps {
  connected: boolean;
  /** Whether connecting it has just failed. */
  failed: boolean;
}

/** Signing in through the installation's provider, where it has one. */
export function ProviderSection({ connected, failed }: ProviderSectionProps) {
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
        <form action={connectProvider} className="grid max-w-md justify-items-start gap-4">
          <ObjectionLine
            message={failed ? `Connecting to ${name} did not work, or another account has it.` : null}
          />
          <SubmitButton look="plain" busy="One moment…">
            {`Connect to ${name}`}
          </SubmitButton>
        </form>
      )}
    </SettingsSection>
  );
}
