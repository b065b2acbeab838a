/** What the pane of feeds is called by the buttons that bring it where it is out of sight. */
export const NAV_ID = 'feeds-pane';

export const FOLDS_COOKIE = 'tidings-folds';
