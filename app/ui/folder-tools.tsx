import type { ReactNode } from 'react';
import { FolderNameForm } from './folder-name-form';
import type { FormState } from './form-message';
import { countOf } from './format-figures';
import { SubmitButton } from './submit-button';

/** What can be done to folders. */
interface FolderActions {
  rename: (state: FormState, form: FormData) => Promise<FormState>;
  remove: (form: FormData) => Promise<void>;
}

interface FolderToolsProps {
  folder: { id: number; name: string };
  feeds: number;
  actions: FolderActions;
}

function Choice({ value, checked, children }: { value: string; checked: boolean; children: ReactNode }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="radio" name="feeds" value={value} defaultChecked={checked} className="size-5 shrink-0" />
      <span>{children}</span>
    </label>
  );
}

/** A folder's name, and its end, with what then happens to the feeds in it. */
export function FolderTools({ folder, feeds, actions }: FolderToolsProps) {
  return (
    <details className="group/tools py-1 text-[0.9375rem]">
      <summary className="inline-flex min-h-11 items-center gap-2 text-sm font-medium text-muted hover:text-ink">
        <span aria-hidden="true" className="group-open/tools:rotate-90">
          ›
        </span>
        Rename or delete<span className="sr-only"> {folder.name}</span>
      </summary>
      <div className="grid gap-6 pt-2 pb-4">
        <FolderNameForm folder={folder} action={actions.rename} />
        <form action={actions.remove} className="grid gap-2">
          <input type="hidden" name="folderId" value={folder.id} />
          {feeds > 0 && (
            <fieldset>
              <legend className="mb-1 text-sm font-medium">
                What becomes of the {countOf(feeds, 'feed')} in it?
              </legend>
              <Choice value="keep" checked>
                {feeds === 1 ? 'It stays, in no folder' : 'They stay, in no folder'}
              </Choice>
              <Choice value="unsubscribe" checked={false}>
                I unsubscribe from {feeds === 1 ? 'it' : 'them'}; for a day that can be undone
              </Choice>
            </fieldset>
          )}
          <div>
            <SubmitButton look="plain" busy="Deleting…">
              Delete the folder<span className="sr-only"> {folder.name}</span>
            </SubmitButton>
          </div>
        </form>
      </div>
    </details>
  );
}
