import { changeAccess, makePasswordLink, removeUser } from '@/app/account/admin-actions';
import { LinkForm } from '@/app/ui/link-form';
import { SubmitButton } from '@/app/ui/submit-button';
import { TextField } from '@/app/ui/text-field';
import type { UserRow } from '@/lib/store/manage-users';

/** What can be done about somebody's account. */
export function UserDeeds({ user }: { user: UserRow }) {
  const disabled = user.disabledAt !== null;
  return (
    <>
      <LinkForm action={makePasswordLink} submit="Make a link for a new password" busy="Making it…">
        <input type="hidden" name="id" value={user.id} />
      </LinkForm>
      <form action={changeAccess}>
        <input type="hidden" name="id" value={user.id} />
        <SubmitButton look="plain" busy="One moment…" name="do" value={disabled ? 'enable' : 'disable'}>
          {disabled ? 'Let in again' : 'Disable'}
        </SubmitButton>
      </form>
      <LinkForm action={removeUser} submit="Delete the account" busy="Deleting…">
        <input type="hidden" name="id" value={user.id} />
        <TextField
          label={`Type “${user.name}” to delete the account`}
          name="name"
          autoComplete="off"
          hint="Feeds, stars and read states go for good; feeds that others follow stay theirs."
        />
      </LinkForm>
    </>
  );
}
