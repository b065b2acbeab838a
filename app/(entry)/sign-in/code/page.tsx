import type { Metadata } from 'next';
import Link from 'next/link';
import { enterCode } from '@/app/account/entry-actions';
import { CodeForm } from '@/app/ui/code-form';
import { EntryHead } from '@/app/ui/entry-head';
import { toSafeTarget } from '@/lib/auth/safe-target';

export const metadata: Metadata = { title: 'Second step' };

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The second step of a sign-in, where the account asks for one. */
export default async function CodePage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <>
      <EntryHead title="Second step">This account asks for a code as well.</EntryHead>
      <CodeForm action={enterCode} to={toSafeTarget((await searchParams).to)} />
      <p className="mt-7 border-t border-line pt-5 text-[0.9375rem]">
        <Link href="/sign-in" className="font-medium text-accent underline underline-offset-3">
          Sign in as somebody else
        </Link>
      </p>
    </>
  );
}
