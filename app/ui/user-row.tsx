import type { ReactNode } from 'react';
import { countOf } from './format-figures';
import { RelativeTime } from './relative-time';

interface UserRowProps {
  user: {
    id: number;
    name: string;
    email: string | null;
    role: 'OWNER' | 'ADMIN' | 'MEMBER';
    lastSeenAt: Date | null;
    disabledAt: Date | null;
    feeds: number;
  };
  asOf: string;
  /** What can be done about them; nothing about oneself and the owner. */
  children?: ReactNode;
}

const ROLES = { OWNER: 'owner', ADMIN: 'administrator', MEMBER: null };

/** Somebody who reads here, as whoever manages the installation sees them. */
export function UserRow({ user, asOf, children }: UserRowProps) {
  const tag = user.disabledAt === null ? ROLES[user.role] : 'disabled';
  return (
    <li className="border-b border-line py-4 last:border-b-0">
      <p className="font-medium">
        {user.name}
        {tag !== null && (
          <span
            className={`ms-2.5 rounded-full px-2.5 py-0.5 text-sm ${
              user.disabledAt === null ? 'bg-accent-wash text-accent-strong' : 'bg-warn-wash text-warn'
            }`}
          >
            {tag}
          </span>
        )}
      </p>
      <p className="text-sm text-muted">
        {user.email !== null && `${user.email} · `}
        {countOf(user.feeds, 'feed')} ·{' '}
        {user.lastSeenAt === null ? (
          'never seen'
        ) : (
          <>
            last seen <RelativeTime at={user.lastSeenAt.toISOString()} asOf={asOf} />
          </>
        )}
      </p>
      {children !== undefined && (
        <details className="group mt-1">
          <summary className="inline-flex min-h-11 items-center gap-2 text-[0.9375rem] font-medium text-muted hover:text-ink">
            <span aria-hidden="true" className="group-open:rotate-90">
              ›
            </span>
            Manage
          </summary>
          <div className="grid gap-6 pt-2 pb-3">{children}</div>
        </details>
      )}
    </li>
  );
}
