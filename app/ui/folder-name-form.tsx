'use client';

import { useActionState } from 'react';
import { TextField } from './fields';
import { FormMessage, type FormState, UNSENT } from './form-message';
import { SubmitButton } from './submit-button';

interface FolderNameFormProps {
  /** The folder that gets another name; null for one that is to be made. */
  folder: { id: number; name: string } | null;
  action: (state: FormState, form: FormData) => Promise<FormState>;
}

/** The name of a folder. */
export function FolderNameForm({ folder, action }: FolderNameFormProps) {
  const [state, submit] = useActionState(action, UNSENT);
  return (
    <form action={submit} className="grid gap-3">
      {folder !== null && <input type="hidden" name="folderId" value={folder.id} />}
      <div className="flex flex-wrap items-end gap-2.5">
        <div className="min-w-0 grow basis-52">
          <TextField
            label={folder === null ? 'New folder' : 'New name'}
            name="name"
            value={state.typed.name ?? folder?.name ?? ''}
            autoComplete="off"
          />
        </div>
        <SubmitButton look={folder === null ? 'strong' : 'plain'} busy="Saving…">
          {folder === null ? 'Create folder' : 'Rename'}
        </SubmitButton>
      </div>
      <FormMessage state={state} />
    </form>
  );
}
