import { SelectField } from './fields';
import { MOVE_FORM } from './folder-feeds';
import { SubmitButton } from './submit-button';

interface MoveBarProps {
  folders: { id: number; name: string }[];
  action: (form: FormData) => Promise<void>;
}

/** Moves what is chosen on the page to a folder. It lies over the page only once something is chosen. */
export function MoveBar({ folders, action }: MoveBarProps) {
  return (
    <form
      id={MOVE_FORM}
      action={action}
      className="bottom-4 z-10 mt-6 flex flex-wrap items-end gap-2.5 rounded-xl border border-line-strong/50 bg-raised p-4 [main:has([name=feed]:checked)_&]:sticky [main:has([name=feed]:checked)_&]:shadow-lg"
    >
      <div className="min-w-0 grow basis-52">
        <SelectField
          label="Move the chosen feeds to"
          name="folder"
          value=""
          options={[
            { value: '', label: 'No folder' },
            ...folders.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      </div>
      <SubmitButton look="plain" busy="Moving…">
        Move
      </SubmitButton>
    </form>
  );
}
