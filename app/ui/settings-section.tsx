import { type ReactNode, useId } from 'react';

interface SettingsSectionProps {
  /** Of the element, for links that lead to it. */
  id?: string;
  title: string;
  /** What it is about, in a sentence or two. */
  intro: ReactNode;
  children?: ReactNode;
}

/** One matter on a page of settings: what it is about, and what can be set. */
export function SettingsSection({ id, title, intro, children }: SettingsSectionProps) {
  const heading = useId();
  return (
    <section id={id} aria-labelledby={heading} className="border-t border-line py-8">
      <h2 id={heading} className="font-serif text-xl font-semibold">
        {title}
      </h2>
      <div className="mt-1.5 mb-5 grid gap-2 text-[0.9375rem] text-muted">{intro}</div>
      {children}
    </section>
  );
}
