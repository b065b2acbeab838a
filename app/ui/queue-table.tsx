const NAMES = {
  fetch: { name: 'Asked for', about: 'feeds that somebody has just added, or wants checked' },
  wanted: { name: 'Imported', about: 'feeds out of lists' },
  refresh: { name: 'Due again', about: 'the regular checks' },
};

type QueueName = keyof typeof NAMES;

/** @returns what a queue is called. */
export function nameQueue(queue: QueueName): string {
  return NAMES[queue].name;
}

interface QueueTableProps {
  queues: { name: QueueName; waiting: number; running: number; delayed: number; failed: number }[];
}

const STATES = ['waiting', 'running', 'delayed', 'failed'] as const;

/** How many jobs of each queue are in which state. */
export function QueueTable({ queues }: QueueTableProps) {
  return (
    <table className="w-full max-w-2xl text-[0.9375rem] tabular-nums">
      <caption className="sr-only">Jobs in the queue</caption>
      <thead>
        <tr className="border-b border-line text-sm text-muted">
          <th scope="col" className="py-2 text-start font-medium">
            Jobs
          </th>
          {STATES.map((state) => (
            <th key={state} scope="col" className="py-2 ps-3 text-end font-medium capitalize">
              {state}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <tr key={queue.name} className="border-b border-line last:border-b-0">
            <th scope="row" className="py-3 text-start align-top font-medium">
              {NAMES[queue.name].name}
              <span className="block text-sm font-normal text-muted max-sm:hidden">
                {NAMES[queue.name].about}
              </span>
            </th>
            {STATES.map((state) => (
              <td
                key={state}
                className={`py-3 ps-3 text-end align-top ${queue[state] === 0 ? 'text-muted' : ''}`}
              >
                {queue[state].toLocaleString('en')}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
