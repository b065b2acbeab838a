import { SubmitButton } from './submit-button';

const REFUSALS: Record<string, string> = {
  'too-large': 'The file is too large: 10 MB are the limit.',
  empty: 'Choose a file that has something in it.',
  'too-many': 'Several of your files are still waiting to be read; please wait until they have been.',
};

/** A file, and the button that sends it. The browser does it by itself: no script is needed. */
export function ImportForm({ refused }: { refused: unknown }) {
  const message = typeof refused === 'string' && Object.hasOwn(REFUSALS, refused) ? REFUSALS[refused] : null;
  return (
    <form action="/api/imports" method="post" encType="multipart/form-data">
      <label htmlFor="import-file" className="mb-2 block text-sm font-medium">
        OPML file, or a text file with one address a line
      </label>
      <div className="flex flex-col gap-2.5 sm:flex-row">
        <input
          id="import-file"
          type="file"
          name="file"
          required
          accept=".opml,.xml,.txt,text/x-opml,text/xml,application/xml,text/plain"
          aria-invalid={message ? true : undefined}
          aria-describedby={message ? 'import-message' : undefined}
          className="min-h-12 w-full min-w-0 cursor-pointer rounded-lg border border-dashed border-line-strong bg-raised p-1.5 text-[0.9375rem] text-muted file:me-3 file:min-h-8 file:cursor-pointer file:rounded-md file:border-0 file:bg-accent-wash file:px-3 file:font-medium file:text-accent-strong aria-invalid:border-warn sm:min-h-11"
        />
        <SubmitButton look="strong" busy="Sending…">
          Import
        </SubmitButton>
      </div>
      {message && (
        <p id="import-message" role="alert" className="mt-2.5 text-[0.9375rem] font-medium text-warn">
          {message}
        </p>
      )}
    </form>
  );
}
