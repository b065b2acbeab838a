/** Codes that each open the account once, should the app be lost. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <div role="status" className="max-w-md rounded-xl border border-line bg-sunk p-5">
      <p className="text-[0.9375rem]">
        Keep these recovery codes where the device is not: each lets you in once in place of the app. They are
        shown this one time.
      </p>
      <ul
        aria-label="Recovery codes"
        className="mt-4 grid grid-cols-2 gap-x-6 gap-y-1.5 font-mono text-[0.9375rem]"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  );
}
