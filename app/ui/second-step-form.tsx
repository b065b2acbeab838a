'use client';

import { type ReactNode, useActionState } from 'react';
import { ConfirmField } from './confirm-field';
import { RecoveryCodes } from './recovery-codes';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

/** What an authenticator app is told, and the code that it is drawn as. */
interface AppSecret {
  secret: string;
  outline: string;
  size: number;
  recoveryCodes: string[];
}

/** How far setting it up has got. */
export type SecondStepState =
  | { step: 'password'; message: string | null }
  | { step: 'scan'; app: AppSecret; message: string | null }
  | { step: 'done'; recoveryCodes: string[] };

type Action = (state: SecondStepState, form: FormData) => Promise<SecondStepState>;

interface SecondStepFormProps {
  action: Action;
  /** Whether the account has a password to ask for. */
  withPassword: boolean;
  /** What can be done once an app is set up; nothing before. */
  children?: ReactNode;
}

/** Sets an authenticator app up: the password, then what to scan, then a code as proof, then the recovery codes. */
export function SecondStepForm({ action, withPassword, children }: SecondStepFormProps) {
  const [state, submit] = useActionState(action, { step: 'password', message: null });
  // The page around it knows by then that the app is set up: the codes must not go with the form.
  if (state.step === 'done') return <RecoveryCodes codes={state.recoveryCodes} />;
  if (children !== undefined) return children;
  return (
    <form action={submit} noValidate className="grid max-w-md gap-5">
      {state.step === 'password' && (
        <ConfirmField key="password" withPassword={withPassword} message={state.message} />
      )}
      {state.step === 'scan' && (
        <>
          <QrCode app={state.app} />
          <TextField
            key="code"
            label="Code"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            wrong={state.message}
            hint="The six digits that the app shows now."
          />
        </>
      )}
      <div>
        <SubmitButton look={state.step === 'scan' ? 'strong' : 'plain'} busy="One moment…">
          {state.step === 'scan' ? 'Finish' : 'Set up an authenticator app'}
        </SubmitButton>
      </div>
    </form>
  );
}

/** The code to scan: dark on light in either theme, as cameras want it; and the same to be typed. */
function QrCode({ app }: { app: AppSecret }) {
  return (
    <div className="flex flex-wrap items-center gap-6">
      <svg
        viewBox={`0 0 ${app.size} ${app.size}`}
        role="img"
        aria-label="Code to scan with the app"
        className="size-44 shrink-0 rounded-lg bg-[white]"
        shapeRendering="crispEdges"
      >
        <path d={app.outline} fill="black" />
      </svg>
      <div className="min-w-40 grow basis-40 text-[0.9375rem]">
        <p>Scan this with the app, or type the key into it:</p>
        <p className="mt-2 font-mono text-sm break-words select-all" data-secret>
          {app.secret}
        </p>
      </div>
    </div>
  );
}
