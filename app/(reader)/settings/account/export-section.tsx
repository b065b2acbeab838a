import { SettingsSection } from '@/app/ui/settings-section';

/** The way to take along what is one's own. */
export function ExportSection() {
  return (
    <SettingsSection
      title="Your data"
      intro="Everything that is yours, in one file: subscriptions, folders, stars, and what you have read."
    >
      <a
        href="/settings/export"
        download
        className="inline-flex min-h-11 items-center rounded-lg border border-line-strong/50 bg-raised px-5 text-[0.9375rem] font-semibold hover:border-accent hover:text-accent"
      >
        Download (JSON)
      </a>
    </SettingsSection>
  );
}
