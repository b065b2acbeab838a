/** The name and its mark: news above the tide. */
export function Wordmark() {
  return (
    <span className="flex items-center whitespace-nowrap gap-2.5 font-serif text-xl font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden="true">
        <circle cx="22" cy="8" r="3.6" className="fill-warn" />
        <g fill="none" strokeWidth="3" strokeLinecap="round" className="stroke-accent">
          <path d="M3 18.5c4.3-4.3 8.7-4.3 13 0s8.7 4.3 13 0" />
          <path d="M3 26.5c4.3-4.3 8.7-4.3 13 0s8.7 4.3 13 0" strokeOpacity=".5" />
        </g>
      </svg>
      Tidings
    </span>
  );
}
