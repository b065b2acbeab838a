/** A feed in a list, as the list has it. */
export interface ListedFeed {
  /** Not checked; empty where the list has none. */
  address: string;
  title: string | null;
  siteUrl: string | null;
  /** The folders around it, from the outside in, as one name. */
  folder: string | null;
}

/** What was found in a file that somebody has brought. */
export type FeedList =
  | {
      kind: 'list';
      feeds: ListedFeed[];
      /** All folders, in the file's order, those without feeds too. */
      folders: string[];
      /** Whether the file has more feeds than are taken. */
      cut: boolean;
    }
  | {
      kind: 'refused';
      /** One sentence, for a person. */
      message: string;
    };
