'use client';

import { type ReactNode, useRef, useState } from 'react';
import { RemoveDialog } from './remove-dialog';
import { SubmitButton } from './submit-button';

interface HealthFormProps {
  action: (form: FormData) => Promise<void>;
  /** The address of the page, to come back to. */
  back: string;
  /** The same page with all feeds chosen, for those without JavaScript. */
  allChosen: string;
  shown: number;
  /** Whether a new address is known for any of them. */
  movable: boolean;
  children: ReactNode;
}

/** The list of feeds as a form: what is chosen in it can be tried, moved or removed at once. */
export function HealthForm({ action, back, allChosen, shown, movable, children }: HealthFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState(0);
  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>('input[name="feed"]') ?? [])];
  const recount = () => setChosen(boxes().filter((box) => box.checked).length);
  const chooseAll = (checked: boolean) => {
    for (const box of boxes()) box.checked = checked;
    recount();
  };
  return (
    <form ref={form} action={action} onChange={recount} onReset={() => setChosen(0)}>
      <input type="hidden" name="back" value={back} />
      <div className="mt-6 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line pb-3">
        <span className="flex grow items-center gap-3 max-sm:basis-full">
          <a
            href={allChosen}
            onClick={(event) => {
              event.preventDefault();
              chooseAll(chosen < shown);
            }}
            className="inline-flex min-h-11 items-center pe-2 text-[0.9375rem] font-medium text-accent hover:underline"
          >
            {chosen < shown ? `Choose all ${shown} shown` : 'Choose none'}
          </a>
          <span className="grow text-sm text-muted tabular-nums max-sm:text-end">
            {chosen > 0 && `${chosen} chosen`}
          </span>
        </span>
        <SubmitButton look="plain" busy="One moment…" name="do" value="try">
          Try now
        </SubmitButton>
        {movable && (
          <SubmitButton look="plain" busy="One moment…" name="do" value="accept">
            Accept new addresses
          </SubmitButton>
        )}
        <RemoveDialog chosen={chosen} />
      </div>
      {children}
    </form>
  );
}
