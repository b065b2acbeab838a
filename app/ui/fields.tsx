'use client';

import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

const CONTROL =
  'min-h-11 w-full min-w-0 rounded-lg border border-line-strong bg-raised px-3.5 text-base placeholder:text-muted focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-warn';

interface FieldProps {
  label: string;
  name: string;
  /** What it holds at first. */
  value: string;
  /** Said below it. */
  hint?: ReactNode;
}

type TextFieldProps = FieldProps &
  Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'autoComplete' | 'placeholder' | 'dir' | 'maxLength'>;

/** A line of text with its name above and an explanation below. */
export function TextField({ label, name, value, hint, type = 'text', ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        type={type}
        name={name}
        defaultValue={value}
        spellCheck={false}
        autoCapitalize="off"
        aria-describedby={hint === undefined ? undefined : `${id}hint`}
        className={CONTROL}
        {...rest}
      />
      {hint !== undefined && (
        <p id={`${id}hint`} className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A choice of one of several. */
export function SelectField({
  label,
  name,
  value,
  hint,
  options,
}: FieldProps & { options: { value: string; label: string }[] }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      {/* A form that is sent is reset to what its fields had when they were made. */}
      <select
        key={value}
        id={id}
        name={name}
        defaultValue={value}
        aria-describedby={hint === undefined ? undefined : `${id}hint`}
        className={CONTROL}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}hint`} className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
