/** What has just been done. The element is always there: what is put into it is read out. */
export function DoneLine({ text }: { text: string | null }) {
  return (
    <p
      role="status"
      className="mt-4 rounded-lg bg-accent-wash px-4 py-2.5 text-[0.9375rem] empty:mt-0 empty:p-0"
    >
      {text}
    </p>
  );
}
