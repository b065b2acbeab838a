import { SettingsSection } from '@/app/ui/settings-section';

const FILES = [
  { href: '/settings/export', name: 'Everything (JSON)' },
  { href: '/export/opml', name: 'Subscriptions (OPML)' },
];

/** The way to take along what is one's own. */
export function ExportSection() {
  return (
    <SettingsSection
      title="Your data"
      intro="Everything that is yours, in one file: subscriptions, folders, settings, stars, and what you have read. Other readers take your subscriptions as OPML."
    >
      <p className="flex flex-wrap gap-3">
        {FILES.map(({ href, name }) => (
          <a
            key={href}
            href={href}
            download
            className="inline-flex min-h-11 items-center rounded-lg border border-line-strong/50 bg-raised px-5 text-[0.9375rem] font-semibold hover:border-accent hover:text-accent"
          >
            {name}
          </a>
        ))}
      </p>
    </SettingsSection>
  );
}
