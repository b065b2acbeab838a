import iconv from 'iconv-lite';

/** Whether there may be any of these; without the `u` flag, which takes three times as long. */
const SUSPICIOUS = /[^\t\n\r -~\u00a0-\ud7ff\ue000-\uffff]/;
/** Control characters, which PostgreSQL (NUL) or browsers (the rest) do not take, and halves of surrogate pairs. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Surrogate}/gu;

/**
 * Text without characters that no text has. The C1 control characters are what windows-1252 becomes when it is taken
 * for ISO 8859-1, so they are read as windows-1252; other control characters are dropped, half surrogates become
 * U+FFFD.
 */
export function cleanText(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(UNPRINTABLE, replaceUnprintable) : text;
}

function replaceUnprintable(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xd800) return '\ufffd';
  if (code < 0x80) return '';
  const meant = iconv.decode(Buffer.from([code]), 'windows-1252');
  return meant === '\ufffd' || meant === character ? '' : meant;
}

/** White space collapsed to single spaces, trimmed, without unprintable characters. */
export function collapseText(text: string): string {
  return collapseSpace(cleanText(text));
}

/** White space collapsed to single spaces, trimmed. Single spaces, nearly all there is, are not replaced by themselves. */
export function collapseSpace(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}
