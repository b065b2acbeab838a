/** What the pane of feeds is called by the buttons that bring it where it is out of sight. */
export const NAV_ID = 'feeds-pane';

export const FOLDS_COOKIE = 'tidings-folds';

/** As many feeds as a tall screen shows: the server writes no more of them into a page. */
export const FEEDS_WRITTEN = 40;
