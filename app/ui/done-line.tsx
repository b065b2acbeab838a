'use client';

import { useEffect, useState } from 'react';

/**
 * What has just been done. The element is always there, and what it says is put into it once it is: a live region is
 * silent about what it arrives with, and about words that stay the same.
 *
 * @param deed another for each deed: what tells two apart that have the same words.
 */
export function DoneLine({ text, deed }: { text: string; deed: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(deed), [deed]);
  return (
    <p
      role="status"
      className="mt-4 rounded-lg bg-accent-wash px-4 py-2.5 text-[0.9375rem] empty:mt-0 empty:p-0"
    >
      {text !== '' && <span key={said}>{text}</span>}
    </p>
  );
}
