const TABS = [
  { href: '/settings/account', name: 'Account' },
  { href: '/settings/sessions', name: 'Devices' },
  { href: '/settings/tokens', name: 'Tokens' },
  { href: '/admin', name: 'People' },
];

/** The pages about an account, beside each other. @param admin whether the one about everybody is among them. */
export function AccountTabs({ current, admin }: { current: string; admin: boolean }) {
  return (
    <nav aria-label="Account" className="mt-5 mb-4 flex flex-wrap gap-2">
      {TABS.filter(({ href }) => admin || href !== '/admin').map(({ href, name }) => (
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
