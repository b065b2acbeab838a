interface UndoFormProps {
  /** What `markAllRead` gave, in the page's address; undefined where nothing was marked by a form. */
  token: string | undefined;
  path: string;
  action: (form: FormData) => Promise<void>;
}

/** Offers to take back what a form has marked, where nothing runs in the browser. */
export function UndoForm({ token, path, action }: UndoFormProps) {
  if (token === undefined) return null;
  return (
    <form action={action} className="m-3 flex items-center gap-3 rounded-lg bg-accent-wash px-4 py-2">
      <input type="hidden" name="undo" value={token} />
      <input type="hidden" name="back" value={path} />
      <p className="grow text-[0.9375rem]">Marked as read.</p>
      <button type="submit" className="quiet-button">
        Undo
      </button>
    </form>
  );
}
