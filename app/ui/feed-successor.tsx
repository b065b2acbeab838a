import { SubmitButton } from './submit-button';

interface FeedSuccessorProps {
  feedId: number;
  /** The address that it has. */
  url: string;
  /** The address that was found. */
  address: string;
  accept: (form: FormData) => Promise<void>;
}

/** Offers the feed that was found at the site of one that is lost, or without the secure connection that it lacks. */
export function FeedSuccessor({ feedId, url, address, accept }: FeedSuccessorProps) {
  const plain = address === url.replace(/^https:/, 'http:');
  return (
    <section
      aria-label="New address"
      className="mt-4 grid gap-3.5 rounded-xl border border-line bg-accent-wash p-5 sm:px-6"
    >
      <p className="font-semibold">
        {plain ? 'It answers without a secure connection' : 'Another feed was found at its site'}
      </p>
      <p className="text-[0.9375rem]">
        <bdi className="font-mono text-sm">{address}</bdi>
      </p>
      <p className="text-[0.9375rem] text-muted">
        {plain
          ? 'Whoever is on the way between can then see what is fetched, and change it.'
          : 'It takes this one’s place, with its folder and your name for it. What you have starred stays starred.'}
      </p>
      <form action={accept}>
        <input type="hidden" name="feedId" value={feedId} />
        <SubmitButton look="plain" busy="Changing…">
          Accept the new address
        </SubmitButton>
      </form>
    </section>
  );
}
