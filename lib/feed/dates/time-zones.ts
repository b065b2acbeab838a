/** Abbreviations in minutes east of UTC. Those that several zones share mean what RFC 822 or most feeds mean. */
const OFFSETS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    west: 60,
    bst: 60,
    ist: 330,
    cet: 60,
    met: 60,
    mez: 60,
    cest: 120,
    mest: 120,
    mesz: 120,
    mewt: 60,
    eet: 120,
    eest: 180,
    sast: 120,
    cat: 120,
    eat: 180,
    wat: 60,
    msk: 180,
    msd: 240,
    trt: 180,
    pkt: 300,
    npt: 345,
    ict: 420,
    wib: 420,
    hkt: 480,
    sgt: 480,
    awst: 480,
    pht: 480,
    myt: 480,
    jst: 540,
    kst: 540,
    acst: 570,
    aest: 600,
    acdt: 630,
    aedt: 660,
    nzst: 720,
    nzdt: 780,
    art: -180,
    brt: -180,
    brst: -120,
    clt: -240,
    clst: -180,
    nst: -210,
    ndt: -150,
    ast: -240,
    adt: -180,
    et: -300,
    est: -300,
    edt: -240,
    ct: -360,
    cst: -360,
    cdt: -300,
    mt: -420,
    mst: -420,
    mdt: -360,
    pt: -480,
    pst: -480,
    pdt: -420,
    akst: -540,
    akdt: -480,
    hst: -600,
    sst: -660,
  }),
);

const formatters = new Map<string, Intl.DateTimeFormat | null>();

/** A formatter for an IANA zone; null when ICU does not know the zone. Few zones occur, and they are kept. */
function findFormatter(zone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  let formatter: Intl.DateTimeFormat | null;
  try {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    formatter = null;
  }
  if (formatters.size < 600) formatters.set(zone, formatter);
  return formatter;
}

/**
 * Minutes east of UTC.
 * @param zone an abbreviation (`EST`), an offset (`+0200`, `GMT-01:30`), or an IANA name (`Europe/Brussels`)
 * @param utc local time as if it were UTC, in milliseconds: IANA zones change over time
 * @returns null when the zone means nothing
 */
export function findOffset(zone: string, utc: number): number | null {
  const lower = zone.toLowerCase();
  const abbreviation = OFFSETS.get(lower);
  if (abbreviation !== undefined) return abbreviation;
  const offset = /^(?:gmt|utc?|z)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(lower);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes <= 24 * 60 ? minutes * (offset[1] === '-' ? -1 : 1) : null;
  }
  if (!/^[a-z]+\/[a-z0-9_+/-]{2,40}$/.test(lower)) return null;
  const name = findFormatter(zone)
    ?.formatToParts(utc)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name === undefined ? null : name === 'GMT' ? 0 : findOffset(name, utc);
}
