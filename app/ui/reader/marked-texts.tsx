import type { MarkedText } from '@/lib/store/views';

/** A text in which what was searched for is marked. */
export function MarkedTexts({ parts }: { parts: readonly MarkedText[] }) {
  let at = 0;
  return parts.map(({ text, isMatch }) => {
    const key = at;
    at += text.length;
    return isMatch ? (
      <mark key={key} className="match">
        {text}
      </mark>
    ) : (
      text
    );
  });
}
