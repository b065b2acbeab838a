/** Buckets for each doubling: one is 1.1 % wide. */
const PER_DOUBLING = 64;
/** From a millisecond to more than a month. */
const DOUBLINGS = 32;

/** How long things took, counted in logarithmic buckets: any number of them in 16 kB. */
export class Delays {
  readonly counts: Float64Array;

  /** @param counts of another one, to go on with. */
  constructor(counts: Float64Array = new Float64Array(PER_DOUBLING * DOUBLINGS)) {
    this.counts = counts;
  }

  /** @param milliseconds what is under one counts as one. */
  add(milliseconds: number): void {
    const bucket = Math.floor(Math.log2(Math.max(1, milliseconds)) * PER_DOUBLING);
    const within = Math.min(bucket, this.counts.length - 1);
    this.counts[within] = (this.counts[within] ?? 0) + 1;
  }

  /** @returns what so large a share took at most, in milliseconds: the middle of its bucket; 0 when nothing was counted. */
  at(share: number): number {
    const total = this.counts.reduce((sum, count) => sum + count, 0);
    let rest = total * share;
    const bucket = this.counts.findIndex((count) => {
      rest -= count;
      return count > 0 && rest <= 0;
    });
    return bucket < 0 ? 0 : 2 ** ((bucket + 0.5) / PER_DOUBLING);
  }
}
