'use client';

import { useActionState } from 'react';
import type { FeedSettingsView } from '@/lib/store/settings-views';
import { listAges, listCounts, listFloors } from './feed-options';
import { SelectField, TextField } from './fields';
import { FormMessage, type FormState, UNSENT } from './form-message';
import { SubmitButton } from './submit-button';

interface FeedSettingsFormProps {
  feed: FeedSettingsView;
  folders: { id: number; name: string }[];
  /** What is kept where nothing is set. */
  usual: { days: number; items: number };
  action: (state: FormState, form: FormData) => Promise<FormState>;
}

function sayFloorHint(feed: FeedSettingsView): string {
  if (feed.floorMinutes > 0 && feed.sharedFloorMinutes < feed.floorMinutes) {
    return 'Others read this feed too, and want it more often: it is fetched for them.';
  }
  return 'Tidings finds out how often a feed publishes. Here you can have it asked less often than that.';
}

/** A reader's own name for a feed, its folder, how often it is fetched, and what is kept of it. */
export function FeedSettingsForm({ feed, folders, usual, action }: FeedSettingsFormProps) {
  const [state, submit] = useActionState(action, UNSENT);
  const typed = (name: string, value: string | number | null) => state.typed[name] ?? String(value ?? '');
  return (
    <form action={submit} className="grid gap-5">
      <input type="hidden" name="feedId" value={feed.id} />
      <TextField
        label="Your name for it"
        name="title"
        value={typed('title', feed.title)}
        placeholder={feed.feedTitle}
        hint="Leave it empty to use the feed’s own name."
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          label="Folder"
          name="folder"
          value={typed('folder', feed.folderId)}
          options={[
            { value: '', label: 'No folder' },
            ...folders.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <TextField
          label="Or a new folder"
          name="newFolder"
          value={typed('newFolder', '')}
          placeholder="Its name"
          autoComplete="off"
        />
      </div>
      <SelectField
        label="Fetch it"
        name="floor"
        value={typed('floor', feed.floorMinutes)}
        options={listFloors(feed.floorMinutes)}
        hint={sayFloorHint(feed)}
      />
      <SelectField
        label="Show its items with"
        name="text"
        value={typed('text', feed.fullText ? 'full' : 'feed')}
        options={[
          { value: 'feed', label: 'what the feed brings' },
          { value: 'full', label: 'the full text of their pages' },
        ]}
        hint="For feeds that bring excerpts only: an item’s page is fetched when you open it. The key d does so once."
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          label="Keep items for"
          name="keepDays"
          value={typed('keepDays', feed.keepDays)}
          options={listAges(feed.keepDays, usual.days)}
        />
        <SelectField
          label="Keep at most"
          name="keepItems"
          value={typed('keepItems', feed.keepItems)}
          options={listCounts(feed.keepItems, usual.items)}
        />
      </div>
      <p className="-mt-2 text-sm text-muted">
        What you have starred always stays, and so do a feed’s newest hundred items. Unread ones are kept for
        a year at least.
        {feed.shared && ' Others read this feed too: who wants to keep the most decides.'}
      </p>
      <FormMessage state={state} />
      <div>
        <SubmitButton look="strong" busy="Saving…">
          Save
        </SubmitButton>
      </div>
    </form>
  );
}
