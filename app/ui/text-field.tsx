import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  name: string;
  /** What helps to fill it in. */
  hint?: ReactNode;
  /** What is wrong with what was typed. */
  wrong?: string | null;
}

/** A label, its field, and under it what is to be said about it. */
export function TextField({ label, hint, wrong = null, name, ...input }: TextFieldProps) {
  const id = useId();
  const about = wrong !== null || hint !== undefined ? `${id}about` : undefined;
  return (
    <div>
      <label htmlFor={`${id}field`} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        {...input}
        id={`${id}field`}
        name={name}
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        aria-invalid={wrong === null ? undefined : true}
        aria-describedby={about}
        className="min-h-12 w-full min-w-0 rounded-lg border border-line-strong bg-raised px-3.5 text-base placeholder:text-muted focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-warn sm:min-h-11"
      />
      {wrong !== null ? (
        <p id={about} role="alert" className="mt-1.5 text-[0.9375rem] font-medium text-warn">
          {wrong}
        </p>
      ) : (
        hint !== undefined && (
          <p id={about} className="mt-1.5 text-sm text-muted">
            {hint}
          </p>
        )
      )}
    </div>
  );
}
