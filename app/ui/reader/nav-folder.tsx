'use client';

import { useMemo } from 'react';
import { FeedNav, type NavFeed } from '@/app/ui/feed-nav';
import { CountMark } from './count-mark';
import type { NavFolder } from './frame-context';
import { Icon } from './line-icon';

interface NavFolderProps {
  folder: NavFolder;
  feeds: NavFeed[];
  current: string;
  open: boolean;
  onToggle: (id: number, open: boolean) => void;
}

/** A folder and its feeds, which can be folded away. */
export function NavFolderGroup({ folder, feeds, current, open, onToggle }: NavFolderProps) {
  const ids = useMemo(() => feeds.map(({ id }) => id), [feeds]);
  const path = `/folders/${folder.id}`;
  return (
    <li>
      <div className="nav-folder" data-open={open || undefined}>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Feeds in ${folder.name}`}
          onClick={() => onToggle(folder.id, !open)}
          className="nav-fold"
        >
          <span aria-hidden="true">›</span>
        </button>
        <a href={path} aria-current={current === path ? 'page' : undefined} className="nav-link grow ps-0">
          <Icon name="folder" />
          <bdi className="min-w-0 grow truncate text-left">{folder.name}</bdi>
          <CountMark feedIds={ids} />
        </a>
      </div>
      {open && (
        <div className="ps-4">
          <FeedNav feeds={feeds} current={current} />
        </div>
      )}
    </li>
  );
}
