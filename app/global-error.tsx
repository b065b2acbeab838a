'use client';

import './globals.css';
import { ErrorMessage, type ErrorPageProps } from '@/app/ui/error-message';

/** The same when not even the frame of the page could be made. */
export default function GlobalError(props: ErrorPageProps) {
  return (
    <html lang="en">
      <body>
        <title>Tidings</title>
        <main className="mx-auto max-w-lg px-5">
          <ErrorMessage {...props} />
        </main>
      </body>
    </html>
  );
}
