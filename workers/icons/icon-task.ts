import type { IconPicture } from './convert-picture';

/** What the process that decodes foreign input is asked, and what it answers. */
export type IconTask =
  | { kind: 'links'; bytes: Uint8Array; url: string }
  | { kind: 'picture'; bytes: Uint8Array };

export type IconAnswer =
  | { kind: 'ready' }
  | { kind: 'links'; links: string[] }
  | { kind: 'picture'; picture: IconPicture | null };
