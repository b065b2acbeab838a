/** A pulse: stands beside the way to how all feeds fare. */
export function AllFeedsMark() {
  return (
    <svg viewBox="0 0 24 24" className="size-6 shrink-0 stroke-accent" aria-hidden="true">
      <path
        d="M3 12.5h4.5l3-6.5 4 12 2.5-5.5h4"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
