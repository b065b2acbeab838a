/** What is wrong with a form as a whole; nothing where nothing is. */
export function ObjectionLine({ message }: { message: string | null }) {
  if (message === null) return null;
  return (
    <p
      role="alert"
      className="rounded-lg border border-warn-line bg-warn-wash px-4 py-3 text-[0.9375rem] font-medium text-warn"
    >
      {message}
    </p>
  );
}
