/** What is kept of a feed where none of its readers has said otherwise. */
export const USUAL_KEPT = { days: 365, items: 2000 };
