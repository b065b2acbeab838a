import type { DocumentErrorCode } from './types';

/** The only error that `parseFeed` throws: the document itself is at fault, and `message` says so to a person. */
export class FeedError extends Error {
  readonly code: DocumentErrorCode;

  constructor(code: DocumentErrorCode, message: string) {
    super(message);
    this.name = 'FeedError';
    this.code = code;
  }
}
