import type { ReactNode } from 'react';

/** A part of a page of settings. */
export function SettingsSection({
  title,
  about,
  children,
}: {
  title: string;
  about?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="border-t border-line py-8 first-of-type:border-t-0">
      <h2 className="font-serif text-xl font-semibold">{title}</h2>
      {about !== undefined && <p className="mt-1.5 mb-5 max-w-xl text-[0.9375rem] text-muted">{about}</p>}
      {children}
    </section>
  );
}
