/** What the server says to a form that it cannot take, and what was typed in it. */
export interface FormState {
  message: string | null;
  /** By the names of the fields; never a password. */
  typed: Record<string, string>;
}

export const UNSENT: FormState = { message: null, typed: {} };

/** Why a form was not taken: read out when it comes. */
export function FormMessage({ state }: { state: FormState }) {
  if (state.message === null) return null;
  return (
    <p role="alert" className="text-[0.9375rem] font-medium text-warn">
      {state.message}
    </p>
  );
}
