import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Wordmark } from '@/app/ui/wordmark';
import { readEnv } from '@/lib/ops/env';

export const dynamic = 'force-dynamic';

/** The pages before one is in: one thing in the middle. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  if (readEnv().AUTH === 'off') redirect('/');
  return (
    <div className="grid min-h-dvh content-start justify-items-center bg-sunk px-4 pt-[max(2.5rem,12dvh)] pb-16">
      <Wordmark />
      <main className="mt-7 w-full max-w-md rounded-2xl border border-line bg-paper p-6 shadow-sm sm:p-9">
        {children}
      </main>
    </div>
  );
}
