import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { parseId } from '@/app/ui/parse-id';
import type { SearchParams } from '@/app/ui/read-before';
import { currentUser } from '@/lib/auth/current-user';
import { listFolders } from '@/lib/store/read-folders';
import { ListPage } from '../../list-page';

interface FolderPageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const loadFolder = cache(async (segment: string) => {
  const id = parseId(segment);
  const user = await currentUser();
  return (await listFolders(user.id)).find((folder) => folder.id === id) ?? notFound();
});

export async function generateMetadata({ params }: FolderPageProps): Promise<Metadata> {
  return { title: (await loadFolder((await params).id)).name };
}

/** The items of a folder's feeds. */
export default async function FolderPage({ params, searchParams }: FolderPageProps) {
  const { id, name } = await loadFolder((await params).id);
  return (
    <ListPage
      scope={{ kind: 'folder', id }}
      name={`folder-${id}`}
      path={`/folders/${id}`}
      title={name}
      params={await searchParams}
    />
  );
}
