/** Names of the columns, for the eye: each row says them too. */
export function HealthHead() {
  return (
    <div
      aria-hidden="true"
      className="health-row border-b border-line py-2 text-xs font-semibold text-muted max-lg:hidden"
    >
      <span />
      <span className="py-1">Feed</span>
      <div className="health-figures grid">
        <span>State</span>
        <span>Last checked</span>
        <span>Newest item</span>
        <span>Next check</span>
        <span>Took</span>
      </div>
    </div>
  );
}
