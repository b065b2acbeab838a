'use client';

import type { ReactNode } from 'react';
import { Icon } from './reader/line-icon';
import { closeWithin } from './reader/open-item';

/**
 * What is known about a feed, beside its items; on a phone in their place.
 *
 * @param path of the feed's page, where its items are.
 */
export function FeedAside({ path, children }: { path: string; children: ReactNode }) {
  return (
    <>
      <div className="tools article-tools only-narrow">
        <a
          href={path}
          aria-label="Back to the items"
          className="icon-button"
          onClick={(event) => {
            event.preventDefault();
            closeWithin(path);
          }}
        >
          <Icon name="back" />
        </a>
      </div>
      <section className="article-scroll" aria-label="About the feed">
        <div className="article-measure">{children}</div>
      </section>
    </>
  );
}
