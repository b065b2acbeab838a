import { ButtonLink } from '@/app/ui/button-link';
import { PlainMessage } from '@/app/ui/plain-message';

/** For feeds and items that do not exist, or not for this reader. */
export default function ReaderNotFound() {
  return (
    <PlainMessage title="There is nothing here">
      <p className="text-muted">No such feed or item is among yours. It may have been removed.</p>
      <p>
        <ButtonLink href="/">To the first page</ButtonLink>
      </p>
    </PlainMessage>
  );
}
