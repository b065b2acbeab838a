import type { Metadata } from 'next';
import { saveSettings } from '@/app/settings/actions';
import type { SearchParams } from '@/app/ui/read-before';
import { SettingsForm } from '@/app/ui/reader/settings-form';
import { readReadingSettings } from '../read-settings';
import { SettingsTabs } from './settings-tabs';

export const metadata: Metadata = { title: 'Settings' };

/** How somebody likes to read. */
export default async function SettingsPage({ searchParams }: { searchParams: SearchParams }) {
  const { saved } = await searchParams;
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Settings</h1>
      <SettingsTabs current="/settings" />
      <p className="mt-3 text-muted">For this browser only: a phone may want another size than a desk.</p>
      <SettingsForm settings={await readReadingSettings()} saved={saved === '1'} action={saveSettings} />
    </>
  );
}
