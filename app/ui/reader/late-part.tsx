'use client';

import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';

interface LatePartProps<Props> {
  /** Whether the page was written with it: then nothing is shown before. */
  withPage: boolean;
  /** Shown meanwhile. */
  fallback?: ReactNode;
  props: Props;
}

/**
 * Makes a part of a page whose script comes when it is wanted.
 *
 * @param bring its script.
 * @param Unreachable stands in its place where nobody answers.
 * @returns the part, and what brings it ahead: as soon as somebody looks as if they were about to want it.
 */
export function makeLatePart<Props extends object>(
  bring: () => Promise<ComponentType<Props>>,
  Unreachable: ComponentType<Props>,
): { Part: ComponentType<LatePartProps<Props>>; expectPart: () => void } {
  let loaded: ComponentType<Props> | null = null;
  const load = async () => {
    try {
      loaded = await bring();
      return { default: loaded };
    } catch {
      return { default: Unreachable };
    }
  };
  const Awaited = lazy(load) as unknown as ComponentType<Props>;
  return {
    Part({ withPage, fallback, props }) {
      // The same ones for as long as it is there: others would begin anew.
      const [{ Shown, bounded }] = useState(() => ({ Shown: loaded ?? Awaited, bounded: !withPage }));
      const part = <Shown {...props} />;
      return bounded ? <Suspense fallback={fallback}>{part}</Suspense> : part;
    },
    expectPart() {
      if (loaded === null) void load();
    },
  };
}
