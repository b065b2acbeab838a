import { SubmitButton } from './submit-button';

interface PasskeyListProps {
  passkeys: { id: number; name: string | null; createdAt: Date | null }[];
  remove: (form: FormData) => Promise<void>;
}

/** The passkeys of an account. */
export function PasskeyList({ passkeys, remove }: PasskeyListProps) {
  if (passkeys.length === 0) return null;
  return (
    <ul aria-label="Passkeys" className="mb-5 max-w-md">
      {passkeys.map(({ id, name, createdAt }) => (
        <li key={id} className="flex items-center justify-between gap-4 border-b border-line py-3">
          <span>
            {name ?? 'Passkey'}
            {createdAt !== null && (
              <span className="block text-sm text-muted">since {createdAt.toISOString().slice(0, 10)}</span>
            )}
          </span>
          <form action={remove}>
            <input type="hidden" name="id" value={id} />
            <SubmitButton look="plain" busy="Removing…">
              Remove
            </SubmitButton>
          </form>
        </li>
      ))}
    </ul>
  );
}
