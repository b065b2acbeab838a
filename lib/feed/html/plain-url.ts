/**
 * An address that parsing and writing it again would not change (URL Standard): a lower-case host that is neither a
 * number nor punycode, no segment that could be `.` or `..`, and only characters that are never encoded.
 */
const PLAIN =
  /^https?:\/\/(?!\S{0,250}xn--)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,63}\/(?:[\w~@:+,;=!$()*-][\w~%@:+,;=!$()*.-]*\/)*(?:[\w~@:+,;=!$()*-][\w~%@:+,;=!$()*.-]*)?(?:\?[\w~.%=&+;:,@/!$()*-]*)?(?:#[\w~.%=&+;:,@/!$()*?-]*)?$/;
const MAX_LENGTH = 500;

/** Whether an address is written as `new URL` would write it, so that nobody needs to: most in feeds are. */
export function isPlainUrl(value: string): boolean {
  return value.length <= MAX_LENGTH && PLAIN.test(value);
}
