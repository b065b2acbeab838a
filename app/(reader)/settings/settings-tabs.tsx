import { currentUser } from '@/lib/auth/current-user';
import { readEnv } from '@/lib/ops/env';

/** Where there are no accounts, there are neither devices that are signed in nor other people. */
const TABS = [
  { href: '/settings', name: 'Reading', accounts: false, admin: false },
  { href: '/settings/account', name: 'Account', accounts: false, admin: false },
  { href: '/settings/sessions', name: 'Devices', accounts: true, admin: false },
  { href: '/settings/tokens', name: 'Tokens', accounts: false, admin: false },
  { href: '/admin', name: 'People', accounts: true, admin: true },
  { href: '/admin/fetching', name: 'Fetching', accounts: false, admin: true },
];

/** The pages of settings, beside each other; the one about everybody for whoever manages the installation. */
export async function SettingsTabs({ current }: { current: string }) {
  const { role } = await currentUser();
  const hasAccounts = readEnv().AUTH === 'on';
  const shown = TABS.filter(
    ({ accounts, admin }) => (hasAccounts || !accounts) && (role !== 'MEMBER' || !admin),
  );
  return (
    <nav aria-label="Settings" className="mt-5 mb-4 flex flex-wrap gap-2 [&+p:empty+section]:border-t-0">
      {shown.map(({ href, name }) => (
        <a
          key={href}
          href={href}
          className="filter-link"
          aria-current={href === current ? 'page' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
