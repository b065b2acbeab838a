import { ButtonLink } from '@/app/ui/button-link';
import { PlainMessage } from '@/app/ui/plain-message';

/** For addresses that lead nowhere. */
export default function NotFound() {
  return (
    <main className="mx-auto max-w-lg px-5">
      <PlainMessage title="There is nothing here">
        <p className="text-muted">
          The address may be mistyped, or the feed it led to is no longer among yours.
        </p>
        <p>
          <ButtonLink href="/">To the first page</ButtonLink>
        </p>
      </PlainMessage>
    </main>
  );
}
