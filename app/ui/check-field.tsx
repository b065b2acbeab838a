import type { InputHTMLAttributes } from 'react';

/** A box to tick, with its label beside it. */
export function CheckField({ label, ...input }: { label: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="flex min-h-11 items-center gap-2.5 text-[0.9375rem]">
      <input {...input} type="checkbox" className="size-4.5 shrink-0" />
      {label}
    </label>
  );
}
