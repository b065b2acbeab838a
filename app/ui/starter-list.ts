interface StarterFeed {
  title: string;
  /** What it is, in a few words. */
  about: string;
  address: string;
}

/** Feeds to begin with, by topic: each has been at its address for many years. Nothing is asked of them until chosen. */
export const STARTERS: { topic: string; feeds: StarterFeed[] }[] = [
  {
    topic: 'News',
    feeds: [
      { title: 'BBC News', about: 'The world', address: 'https://feeds.bbci.co.uk/news/world/rss.xml' },
      { title: 'The Guardian', about: 'The world', address: 'https://www.theguardian.com/world/rss' },
      { title: 'NPR', about: 'News from America', address: 'https://feeds.npr.org/1001/rss.xml' },
    ],
  },
  {
    topic: 'Science',
    feeds: [
      { title: 'Nature', about: 'Research', address: 'https://www.nature.com/nature.rss' },
      {
        title: 'Quanta Magazine',
        about: 'Science, explained',
        address: 'https://www.quantamagazine.org/feed/',
      },
      { title: 'Picture of the Day', about: 'Astronomy, by NASA', address: 'https://apod.nasa.gov/apod.rss' },
    ],
  },
  {
    topic: 'Technology',
    feeds: [
      {
        title: 'Ars Technica',
        about: 'In depth',
        address: 'https://feeds.arstechnica.com/arstechnica/index',
      },
      { title: 'Hacker News', about: 'What others read', address: 'https://news.ycombinator.com/rss' },
      { title: 'LWN.net', about: 'Linux and free software', address: 'https://lwn.net/headlines/rss' },
    ],
  },
  {
    topic: 'Essays',
    feeds: [
      { title: 'Kottke', about: 'The liberal arts of the web', address: 'https://feeds.kottke.org/main' },
      { title: 'Aeon', about: 'Ideas', address: 'https://aeon.co/feed.rss' },
      { title: 'The Marginalian', about: 'Books', address: 'https://www.themarginalian.org/feed/' },
    ],
  },
  {
    topic: 'Comics',
    feeds: [
      { title: 'xkcd', about: 'Romance, sarcasm, maths', address: 'https://xkcd.com/atom.xml' },
      { title: 'SMBC', about: 'Daily', address: 'https://www.smbc-comics.com/comic/rss' },
    ],
  },
  {
    topic: 'Listening',
    feeds: [
      {
        title: 'In Our Time',
        about: 'The history of ideas',
        address: 'https://podcasts.files.bbci.co.uk/b006qykl.rss',
      },
      {
        title: 'This American Life',
        about: 'Stories',
        address: 'https://www.thisamericanlife.org/podcast/rss.xml',
      },
    ],
  },
];
