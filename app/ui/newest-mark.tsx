/** Lines of a list: stands beside the way to the newest items. */
export function NewestMark() {
  return (
    <svg viewBox="0 0 24 24" className="size-6 shrink-0 stroke-accent" aria-hidden="true">
      <g fill="none" strokeWidth="2" strokeLinecap="round">
        <path d="M5 7h14M5 12h14M5 17h8" />
      </g>
    </svg>
  );
}
