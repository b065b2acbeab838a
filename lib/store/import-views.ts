/** What pages are told of imports: plain objects. */

export type ImportStatus = 'waiting' | 'working' | 'done' | 'refused';

/** What has become of the rows of an import: each counts once. */
export interface ImportCounts {
  /** Not looked at yet. */
  waiting: number;
  /** Subscribed to, and waiting for their first fetch. */
  queued: number;
  /** Subscribed to and read. */
  read: number;
  /** Subscribed to; their last fetch failed, or they are gone. */
  failing: number;
  /** There before. */
  known: number;
  /** Twice in the file. */
  repeated: number;
  /** No addresses that could be used. */
  refused: number;
}

export interface ImportView {
  id: number;
  fileName: string;
  status: ImportStatus;
  /** What there is to say about the file as a whole. */
  message: string | null;
  total: number;
  counts: ImportCounts;
  createdAt: Date;
  finishedAt: Date | null;
}

export type ImportRowState = keyof ImportCounts;

export interface ImportRowView {
  /** In the file, from 1. */
  position: number;
  /** As the file has it; may be empty. */
  address: string;
  title: string | null;
  folder: string | null;
  state: ImportRowState;
  /** Why it cannot be used, or why its last fetch failed. */
  message: string | null;
  feedId: number | null;
}

/** Which rows are shown. */
export const IMPORT_FILTERS = ['all', 'problems', 'waiting', 'added', 'known'] as const;
export type ImportFilter = (typeof IMPORT_FILTERS)[number];

/** The states that each filter shows; all of them where none is named. */
export const FILTER_STATES: Record<ImportFilter, readonly ImportRowState[]> = {
  all: [],
  problems: ['failing', 'refused'],
  waiting: ['waiting', 'queued'],
  added: ['read', 'queued', 'failing'],
  known: ['known', 'repeated'],
};
