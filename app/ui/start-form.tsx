'use client';

import { type ComponentProps, lazy, Suspense } from 'react';
import type { AddFeedForm } from './add-feed-form';

const Form = lazy(() => import('./add-feed-form').then((module) => ({ default: module.AddFeedForm })));

/** `AddFeedForm` on the first page, which is seldom without feeds: it comes only then. */
export function StartForm(props: ComponentProps<typeof AddFeedForm>) {
  return (
    <Suspense fallback={null}>
      <Form {...props} />
    </Suspense>
  );
}
