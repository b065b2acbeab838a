import type { IconKey } from './views';

/** What the store hands out about what readers have set and arranged: plain objects, owned by the asking user. */

export interface FolderView {
  id: number;
  name: string;
  /** From 0, as the reader has ordered them. */
  position: number;
}

/** What a reader may want of a subscription. */
export interface SubscriptionSettings {
  /** Null: the feed's own. */
  title: string | null;
  /** Null: in no folder. */
  folderId: number | null;
  /** 0: as often as seems right. */
  floorMinutes: number;
  /** Null: as usual; 0: without limit. */
  keepDays: number | null;
  keepItems: number | null;
  /** Whether items are shown with the text of their own pages. */
  fullText: boolean;
}

/** What a reader has set for a feed, and what it is asked with: never the password. */
export interface FeedSettingsView extends SubscriptionSettings {
  id: number;
  /** What the feed calls itself, else its address: never empty. */
  feedTitle: string;
  url: string;
  host: string;
  icon: IconKey | null;
  hasPassword: boolean;
  userAgent: string | null;
  /** Whether the feed is this reader's alone, because it has or had a password. */
  own: boolean;
  /** Whether others read the same feed. */
  shared: boolean;
  /** The smallest floor among its readers, in minutes: the one that counts. */
  sharedFloorMinutes: number;
}

/** How a feed and its hub (WebSub) stand. */
export interface HubView {
  /** Address of the hub. */
  hub: string;
  /** `none`: the feed names the hub, and it has not been asked. */
  state: 'none' | 'pending' | 'active' | 'denied' | 'leaving';
  /** Until when the hub pushes; null while it does not. */
  leaseUntil: Date | null;
  lastPushAt: Date | null;
  /** When the hub is asked again. */
  askAt: Date | null;
  /** Requests in a row that it has not confirmed. */
  failures: number;
  /** One sentence in a person's words. */
  error: string | null;
  /** Whether polling found what no push had announced: until the next push the feed is polled as usual. */
  missed: boolean;
}

/** What was ended together a short while ago. */
export interface EndedView {
  undo: string;
  endedAt: Date;
  count: number;
  /** Of the first few, by name. */
  titles: string[];
}
