'use client';

import { ErrorMessage, type ErrorPageProps } from '@/app/ui/error-message';

/** For what should not have happened while a page was made. */
export default function ErrorPage(props: ErrorPageProps) {
  return (
    <main className="mx-auto max-w-lg px-5">
      <ErrorMessage {...props} />
    </main>
  );
}
