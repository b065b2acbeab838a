import { removePassword, savePassword, saveUserAgent } from '@/app/feeds/settings-actions';
import { FeedButton } from '@/app/ui/feed-button';
import { FeedPasswordForm } from '@/app/ui/feed-password-form';
import { SettingsSection } from '@/app/ui/settings-section';
import { UserAgentForm } from '@/app/ui/user-agent-form';
import { hasSecretKey } from '@/lib/ops/secrets';
import type { FeedSettingsView } from '@/lib/store/settings-views';

function PasswordIntro({ feed, canKeep }: { feed: FeedSettingsView; canKeep: boolean }) {
  return (
    <>
      {feed.hasPassword ? (
        <p>A user name and a password are kept for this feed, encrypted. They are never shown.</p>
      ) : (
        <p>For a feed whose server asks for a user name and a password (HTTP authentication).</p>
      )}
      {feed.own ? (
        <p>This feed is yours alone: nobody else who uses this reader sees it.</p>
      ) : (
        <p>
          With a password the feed becomes yours alone: nobody else who uses this reader sees what it brings.
          What you have read and starred moves along. The password is sent to {feed.host} only.
        </p>
      )}
      {!canKeep && (
        <p className="font-medium text-warn">
          This reader keeps no passwords: whoever runs it has to set SECRET_KEY first.
        </p>
      )}
    </>
  );
}

/** What a feed is asked with. */
export function AccessSections({ feed }: { feed: FeedSettingsView }) {
  const canKeep = hasSecretKey();
  return (
    <>
      <SettingsSection
        id="password"
        title="Sign-in at its server"
        intro={<PasswordIntro feed={feed} canKeep={canKeep} />}
      >
        <div className="grid gap-5">
          {canKeep && (
            <FeedPasswordForm feedId={feed.id} hasPassword={feed.hasPassword} action={savePassword} />
          )}
          {feed.hasPassword && (
            <div>
              <FeedButton feedId={feed.id} action={removePassword} busy="Removing…">
                Remove the password
              </FeedButton>
            </div>
          )}
        </div>
      </SettingsSection>
      <SettingsSection
        title="How Tidings introduces itself"
        intro={
          feed.shared
            ? 'Others who use this reader follow this feed too, just as it is: what its server is told cannot be changed for one of you.'
            : 'Some servers refuse programs that they do not know. Here you can have this feed’s server told something else.'
        }
      >
        {!feed.shared && <UserAgentForm feedId={feed.id} userAgent={feed.userAgent} action={saveUserAgent} />}
      </SettingsSection>
    </>
  );
}
