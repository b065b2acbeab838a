'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

const ALL = 'min-h-11 shrink-0 rounded-lg px-5 text-[0.9375rem] font-semibold aria-disabled:opacity-70';

/** What buttons look like. */
export const LOOKS = {
  strong: `${ALL} bg-accent text-on-accent hover:bg-accent-strong`,
  plain: `${ALL} border border-line-strong/50 bg-raised hover:border-accent hover:text-accent`,
};

/**
 * Sends its form, and says while it is on its way. It is never `disabled`: that would drop the focus.
 *
 * @param busy what it says meanwhile.
 * @param name and `value`: what it adds to the form, where a form has several.
 */
export function SubmitButton({
  children,
  busy,
  look,
  ...said
}: {
  children: ReactNode;
  busy: string;
  look: keyof typeof LOOKS;
  name?: string;
  value?: string;
}) {
  const { pending, data } = useFormStatus();
  const sent = pending && (said.name === undefined || data?.get(said.name) === said.value);
  return (
    <button
      type="submit"
      {...said}
      aria-disabled={pending}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
      className={LOOKS[look]}
    >
      {sent ? busy : children}
    </button>
  );
}
