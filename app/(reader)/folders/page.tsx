import type { Metadata } from 'next';
import {
  addFolder,
  dropFolder,
  moveChosen,
  moveFolder,
  nameFolder,
  stepFolder,
} from '@/app/feeds/folder-actions';
import { DoneLine } from '@/app/ui/done-line';
import { FolderArrows } from '@/app/ui/folder-arrows';
import { FolderCard } from '@/app/ui/folder-card';
import { FolderDrop } from '@/app/ui/folder-drop';
import { FolderFeeds } from '@/app/ui/folder-feeds';
import { FolderNameForm } from '@/app/ui/folder-name-form';
import { FolderTools } from '@/app/ui/folder-tools';
import { MoveBar } from '@/app/ui/move-bar';
import type { SearchParams } from '@/app/ui/read-before';
import { tellDeed } from '@/app/ui/tell-deed';
import { currentUser } from '@/lib/auth/current-user';
import { listSubscriptions } from '@/lib/store/read-feeds';
import { listFolders } from '@/lib/store/read-folders';
import type { SubscriptionView } from '@/lib/store/views';

export const metadata: Metadata = { title: 'Folders' };

/** More feeds than this are folded away in their folders. */
const SHOWN_AT_FIRST = 60;

const ACTIONS = { rename: nameFolder, remove: dropFolder };

function groupByFolder(feeds: SubscriptionView[]): Map<number | null, SubscriptionView[]> {
  const groups = new Map<number | null, SubscriptionView[]>();
  for (const feed of feeds) groups.set(feed.folderId, [...(groups.get(feed.folderId) ?? []), feed]);
  return groups;
}

/** Folders: which there are, in which order, and what is in them. */
export default async function FoldersPage({ searchParams }: { searchParams: SearchParams }) {
  const { did, at } = await searchParams;
  const user = await currentUser();
  const [folders, feeds] = await Promise.all([listFolders(user.id), listSubscriptions(user.id)]);
  const byFolder = groupByFolder(feeds);
  const loose = byFolder.get(null) ?? [];
  const open = feeds.length <= SHOWN_AT_FIRST;
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Folders</h1>
      <DoneLine text={tellDeed(did)} deed={String(at)} />
      <p className="mt-3 mb-6 text-muted">
        Choose feeds and say below where they go, or drag them to a folder. A feed is in one folder or in
        none. Folders are put in order by their arrows, or dragged by their names.
      </p>
      <FolderNameForm folder={null} action={addFolder} />
      <FolderDrop moveFeeds={moveChosen} moveFolder={moveFolder}>
        <div className="mt-8 grid gap-4">
          {folders.map((folder, index) => {
            const inside = byFolder.get(folder.id) ?? [];
            return (
              <FolderCard
                key={folder.id}
                id={folder.id}
                name={folder.name}
                feeds={inside.length}
                open={open}
                arrows={
                  <FolderArrows folder={folder} place={index + 1} of={folders.length} action={stepFolder} />
                }
                tools={<FolderTools folder={folder} feeds={inside.length} actions={ACTIONS} />}
              >
                <FolderFeeds feeds={inside} />
              </FolderCard>
            );
          })}
          {feeds.length > 0 && (
            <FolderCard id={null} name="No folder" feeds={loose.length} open={open || folders.length === 0}>
              <FolderFeeds feeds={loose} />
            </FolderCard>
          )}
        </div>
      </FolderDrop>
      {folders.length > 0 && feeds.length > 0 && <MoveBar folders={folders} action={moveChosen} />}
    </>
  );
}
