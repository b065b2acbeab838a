'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

const LOOKS = {
  strong: 'bg-accent text-on-accent hover:bg-accent-strong',
  plain: 'border border-line-strong/50 bg-raised hover:border-accent hover:text-accent',
};

/**
 * Sends its form, and says while it is on its way. It is never `disabled`: that would drop the focus.
 *
 * @param busy what it says meanwhile.
 */
export function SubmitButton({
  children,
  busy,
  look,
}: {
  children: ReactNode;
  busy: string;
  look: keyof typeof LOOKS;
}) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      aria-disabled={pending}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
      className={`min-h-11 shrink-0 rounded-lg px-5 text-[0.9375rem] font-semibold aria-disabled:opacity-70 ${LOOKS[look]}`}
    >
      {pending ? busy : children}
    </button>
  );
}
