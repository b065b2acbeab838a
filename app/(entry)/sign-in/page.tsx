import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { enter } from '@/app/account/entry-actions';
import { enterWithProvider } from '@/app/account/provider-actions';
import { EntryHead } from '@/app/ui/entry-head';
import { ObjectionLine } from '@/app/ui/objection';
import { PasskeyButton } from '@/app/ui/passkey-button';
import { SignInForm } from '@/app/ui/sign-in-form';
import { SubmitButton } from '@/app/ui/submit-button';
import { findCurrentUser } from '@/lib/auth/current-user';
import { readOidcName } from '@/lib/auth/oidc-name';
import { toSafeTarget } from '@/lib/auth/safe-target';
import { readEnv } from '@/lib/ops/env';

export const metadata: Metadata = { title: 'Sign in' };

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** @param error as the way back from the provider has it. */
function explain(error: unknown, provider: string | null): string | null {
  if (error === undefined || provider === null) return null;
  if (error === 'provider') return `${provider} does not answer. Try again later.`;
  if (error === 'account_not_linked' || error === 'signup_disabled') {
    return `No account here is connected to the one at ${provider}: sign in with your password, and connect it in your account’s settings.`;
  }
  return `Signing in through ${provider} did not work.`;
}

/** Where everybody begins who is not signed in. */
export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const { to: wanted, error } = await searchParams;
  const to = toSafeTarget(wanted);
  if ((await findCurrentUser()) !== null) redirect(to);
  const provider = readOidcName();
  const problem = explain(error, provider);
  return (
    <>
      <EntryHead title="Sign in" />
      {problem !== null && (
        <div className="mb-5">
          <ObjectionLine message={problem} />
        </div>
      )}
      <SignInForm action={enter} to={to} />
      <div className="mt-3 grid gap-3">
        <PasskeyButton to={to} />
        {provider !== null && (
          <form action={enterWithProvider} className="grid">
            <input type="hidden" name="to" value={to} />
            <SubmitButton look="plain" busy="One moment…">
              {`Sign in with ${provider}`}
            </SubmitButton>
          </form>
        )}
      </div>
      {readEnv().REGISTRATION === 'open' && (
        <p className="mt-7 border-t border-line pt-5 text-[0.9375rem] text-muted">
          No account yet?{' '}
          <Link href="/sign-up" className="font-medium text-accent underline underline-offset-3">
            Make one
          </Link>
        </p>
      )}
    </>
  );
}
