import { SubmitButton } from './submit-button';

interface FeedSuccessorProps {
  feedId: number;
  /** The address that was found. */
  address: string;
  accept: (form: FormData) => Promise<void>;
}

/** Offers the feed that was found at the site of one that is lost. */
export function FeedSuccessor({ feedId, address, accept }: FeedSuccessorProps) {
  return (
    <section
      aria-label="New address"
      className="mt-4 grid gap-3.5 rounded-xl border border-line bg-accent-wash p-5 sm:px-6"
    >
      <p className="font-semibold">Another feed was found at its site</p>
      <p className="text-[0.9375rem]">
        <bdi className="font-mono text-sm">{address}</bdi>
      </p>
      <p className="text-[0.9375rem] text-muted">
        It takes this one’s place, with its folder and your name for it. What you have starred stays starred.
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
