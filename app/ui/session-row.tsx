import { describeAgent } from './describe-agent';
import { RelativeTime } from './relative-time';
import { SubmitButton } from './submit-button';

interface SessionRowProps {
  session: {
    id: number;
    ipAddress: string | null;
    userAgent: string | null;
    /** ISO. */
    createdAt: string;
    lastSeenAt: string;
    current: boolean;
  };
  asOf: string;
  revoke: (form: FormData) => Promise<void>;
}

/** A device that is signed in, and the way to sign it out. */
export function SessionRow({ session, asOf, revoke }: SessionRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line py-4 last:border-b-0">
      <div className="min-w-0 grow basis-60">
        <p className="font-medium">
          {describeAgent(session.userAgent)}
          {session.current && (
            <span className="ms-2.5 rounded-full bg-accent-wash px-2.5 py-0.5 text-sm text-accent-strong">
              this device
            </span>
          )}
        </p>
        <p className="text-sm text-muted">
          Signed in <RelativeTime at={session.createdAt} asOf={asOf} />, last seen{' '}
          <RelativeTime at={session.lastSeenAt} asOf={asOf} />
          {session.ipAddress !== null && session.ipAddress !== '' && ` · ${session.ipAddress}`}
        </p>
      </div>
      {!session.current && (
        <form action={revoke}>
          <input type="hidden" name="id" value={session.id} />
          <SubmitButton look="plain" busy="Signing out…">
            Sign out
          </SubmitButton>
        </form>
      )}
    </li>
  );
}
