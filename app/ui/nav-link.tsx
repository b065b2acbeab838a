'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** A link of the navigation, which knows when it leads to where one is. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const current = usePathname() === href;
  return (
    <Link href={href} prefetch={false} aria-current={current ? 'page' : undefined} className="nav-link">
      {children}
    </Link>
  );
}
