/** Hosts, or hosts and paths, of pictures that only count readers. */
const TRACKERS =
  /^https?:\/\/(?:[a-z0-9.-]+\.)?(?:feedburner\.com\/~(?:r|ff)\/|feedproxy\.google\.com\/~|feedsportal\.com\/|pixel\.wp\.com\/|stats\.wp\.com\/|stats\.wordpress\.com\/|feeds\.wordpress\.com\/1\.0\/|quantserve\.com\/|scorecardresearch\.com\/|google-analytics\.com\/|googletagmanager\.com\/|doubleclick\.net\/|googlesyndication\.com\/|googleadservices\.com\/|facebook\.com\/tr\b|medium\.com\/_\/stat|blogger\.googleusercontent\.com\/tracker\/|bp\.blogspot\.com\/tracker\/|feedpress\.(?:it|me)\/|feedblitz\.com\/|pheedo\.com\/|list-manage\.com\/track\/|counter\.yadro\.ru\/|mc\.yandex\.ru\/|top\.mail\.ru\/|bat\.bing\.com\/|chartbeat\.(?:com|net)\/|newrelic\.com\/|statcounter\.com\/|hitcounter|vgwort\.de\/|met\.vgwort\.de\/|ivwbox\.de\/|ioam\.de\/|matomo\.php|piwik\.php|amazon-adsystem\.com\/|assoc-amazon\.[a-z.]+\/e\/ir|adnxs\.com\/|taboola\.com\/|outbrain\.com\/|criteo\.(?:com|net)\/|rlcdn\.com\/|demdex\.net\/|omtrdc\.net\/|everesttech\.net\/|moatads\.com\/|krxd\.net\/|zedo\.com\/|awin1\.com\/|tradedoubler\.com\/imp|buysellads\.(?:com|net)\/)/i;
/** The same, as paths on a publisher's own host. */
const TRACKER_PATHS =
  /\/(?:matomo|piwik)\.php\?|\/(?:pixel|tracking|beacon|open|count(?:er)?|spacer|blank|clear|1x1|transparent)\.(?:gif|png)(?:\?|$)/i;

/**
 * Whether a picture shows nothing and only tells somebody that an article was read.
 * @param width as written, in pixels
 * @param height as written, in pixels
 */
export function isTrackingPixel(src: string, width: string | undefined, height: string | undefined): boolean {
  const isTiny = (size: string | undefined): boolean =>
    size !== undefined && /^\s*0*[012](?:px)?\s*$/.test(size);
  if (isTiny(width) && (height === undefined || isTiny(height))) return true;
  if (isTiny(height) && width === undefined) return true;
  return TRACKERS.test(src) || TRACKER_PATHS.test(src);
}
