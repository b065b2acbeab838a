'use client';

import { type ComponentProps, lazy } from 'react';
import type { AddFeedForm } from './add-feed-form';
import type { SubmitButton } from './submit-button';

const Form = lazy(() => import('./add-feed-form').then((module) => ({ default: module.AddFeedForm })));

const Button = lazy(() => import('./submit-button').then((module) => ({ default: module.SubmitButton })));

/**
 * `AddFeedForm` on the first page, which is seldom without feeds: its script comes only then. Without a boundary around
 * it, the server waits: it is in the page for whoever has no JavaScript.
 */
export function StartForm(props: ComponentProps<typeof AddFeedForm>) {
  return <Form {...props} />;
}

/** `SubmitButton`, which comes as late. */
export function StartButton(props: ComponentProps<typeof SubmitButton>) {
  return <Button {...props} />;
}
