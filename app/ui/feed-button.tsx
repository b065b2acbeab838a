import { SubmitButton } from './submit-button';

interface FeedButtonProps {
  feedId: number;
  action: (form: FormData) => Promise<void>;
  busy: string;
  children: string;
}

/** A button that does one thing to one feed, with or without JavaScript. */
export function FeedButton({ feedId, action, busy, children }: FeedButtonProps) {
  return (
    <form action={action} className="contents">
      <input type="hidden" name="feedId" value={feedId} />
      <SubmitButton look="plain" busy={busy}>
        {children}
      </SubmitButton>
    </form>
  );
}
