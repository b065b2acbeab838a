import type { Metadata } from 'next';
import Link from 'next/link';
import { followLink } from '@/app/account/entry-actions';
import { EntryHead } from '@/app/ui/entry-head';
import { NewAccountForm } from '@/app/ui/new-account-form';
import { readLink } from '@/lib/auth/use-link';

// No link on it leads to another site: with `same-origin`, as everywhere, its address stays here.
export const metadata: Metadata = { title: 'Welcome' };

const TEXTS = {
  SETUP: {
    title: 'Set up your account',
    about: 'This Tidings is yours: with this account, you read here and let others in.',
    submit: 'Set up',
  },
  INVITATION: {
    title: 'You are invited',
    about: 'Make an account, and follow the sites you like. What you read stays yours.',
    submit: 'Make the account',
  },
  PASSWORD: {
    title: 'Choose a password',
    about: 'It takes the place of the one before, and signs out every device.',
    submit: 'Use this password',
  },
};

/** What is behind a one-time link. Looking at it does not use it up. */
export default async function WelcomePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await readLink(token);
  if (link === null) {
    return (
      <>
        <EntryHead title="This link leads nowhere">
          It has been used, has run out, or was not copied whole. Ask for a new one.
        </EntryHead>
        <Link href="/sign-in" className="font-medium text-accent underline underline-offset-3">
          Sign in
        </Link>
      </>
    );
  }
  const { title, about, submit } = TEXTS[link.kind];
  const known = link.kind === 'PASSWORD' && link.hasUsername ? link.userName : null;
  return (
    <>
      <EntryHead title={known === null ? title : `${title}, ${known}`}>{about}</EntryHead>
      <NewAccountForm action={followLink} token={token} known={known} submit={submit} />
    </>
  );
}
