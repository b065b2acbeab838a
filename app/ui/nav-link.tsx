'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** A link of the navigation, which knows when it leads to where one is. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const current = usePathname() === href;
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className="flex min-h-11 items-center gap-3 rounded-lg px-2.5 py-1.5 text-[0.9375rem] hover:bg-accent-wash aria-[current=page]:bg-accent-wash aria-[current=page]:font-medium lg:min-h-9"
    >
      {children}
    </Link>
  );
}
