import { STEPS } from './feed-progress';

/** The way of a feed from its address to its items, and how far it has come. */
export function FetchSteps({ current, held }: { current: number; held: boolean }) {
  return (
    <ol className="grid grid-cols-5 gap-1.5" aria-label="Steps">
      {STEPS.map((step, index) => {
        const bar = index < current ? 'bg-accent' : index > current ? 'bg-line' : 'bg-accent breathe';
        return (
          <li
            key={step.key}
            aria-current={index === current ? 'step' : undefined}
            className="grid content-start gap-2"
          >
            <span className={`h-1.5 rounded-full ${held && index === current ? 'bg-warn' : bar}`} />
            {/* Five words have no room beside a list; the one that counts stands above as well. */}
            <span className="sr-only">{step.label}</span>
          </li>
        );
      })}
    </ol>
  );
}
