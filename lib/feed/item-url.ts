import { isPlainUrl } from './html/plain-url';

/** Parameters that only tell the publisher where a reader came from; dropping them changes no page. */
const TRACKING =
  /^(?:utm_[a-z_]+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|__hssc|__hstc|__hsfp|hsctatracking|oly_enc_id|oly_anon_id|vero_id|vero_conv|wickedid|rb_clickid|s_cid|ml_subscriber|ml_subscriber_hash|_openstat|ns_mchannel|ns_source|ns_campaign|ns_linkname|ns_fee|at_medium|at_campaign|at_custom\d|at_recipient_id|at_recipient_list|mtm_[a-z]+|pk_[a-z]+|piwik_[a-z]+|wt_mc|wt_zmc|cmpid|ref_src|xtor|sr_share|__s|_ga|_gl|srsltid|guccounter|guce_referrer|guce_referrer_sig)$/i;

/**
 * The address of an item as it is stored: only http(s), without tracking parameters. The order and spelling of the
 * other parameters are kept, since some servers care.
 * @returns null when the address is no http(s) URL
 */
export function normaliseItemUrl(value: string): string | null {
  if (!/[?#]/.test(value) && isPlainUrl(value)) return value;
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.search.length > 1) url.search = dropTracking(url.search.slice(1));
  // Some publishers track in the fragment, where it never names a place on the page.
  if (/^#(?:utm_[a-z]+=|xtor=|at_medium=)/i.test(url.hash)) url.hash = '';
  return url.href;
}

function dropTracking(query: string): string {
  return query
    .split('&')
    .filter((pair) => !TRACKING.test(pair.split('=', 1)[0] ?? ''))
    .join('&');
}
