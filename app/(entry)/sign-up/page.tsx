import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { register } from '@/app/account/entry-actions';
import { EntryHead } from '@/app/ui/entry-head';
import { NewAccountForm } from '@/app/ui/new-account-form';
import { readEnv } from '@/lib/ops/env';

export const metadata: Metadata = { title: 'New account' };

/** Where anybody may make an account, if that is how it is set. */
export default function SignUpPage() {
  if (readEnv().REGISTRATION !== 'open') notFound();
  return (
    <>
      <EntryHead title="New account">Your feeds, stars and what you have read will be yours alone.</EntryHead>
      <NewAccountForm action={register} submit="Make the account" />
    </>
  );
}
