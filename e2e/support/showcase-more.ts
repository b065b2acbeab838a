/** More feeds for the screenshots: what a reader with a morning's worth of news sees. Title, hours ago, text. */
type Line = [title: string, age: number, text: string];

interface MoreFeed {
  path: string;
  title: string;
  /** The folder it is put into; none where left out. */
  folder?: string;
  lines: Line[];
}

export const MORE_FEEDS: MoreFeed[] = [
  {
    path: '/long-shore',
    title: 'The Long Shore',
    folder: 'Coast',
    lines: [
      [
        'The ferry that waits for the school bus',
        1,
        'Eleven minutes late every morning, and not one complaint in nine years.',
      ],
      [
        'Salt marsh, second season',
        6,
        'What we sowed, what came instead, and why the second list is the better one.',
      ],
      [
        'A chart of every bench between two piers',
        11,
        'Forty-three benches, ranked by wind, view and the distance to chips.',
      ],
      [
        'Who owns the sand?',
        28,
        'A boundary dispute that moves twice a day, and the surveyor who has to follow it.',
      ],
      [
        'Winter opening hours of the sea',
        52,
        'Swimming in January, with a thermometer, a friend and a rule about speaking.',
      ],
      ['The lamp room', 76, 'Two hundred and eight steps, one clockwork, and a keeper’s notes about moths.'],
    ],
  },
  {
    path: '/kernel-and-crumb',
    title: 'Kernel & Crumb',
    folder: 'Making',
    lines: [
      ['Rye, slowly', 3.4, 'A loaf that takes three days, of which you work for twenty minutes.'],
      [
        'What the oven thermometer does not know',
        19,
        'Four probes, one oven, and a map of where the heat actually is.',
      ],
      ['Notes on a burnt crust', 43, 'Bitter is not a mistake. Sometimes it is the point.'],
    ],
  },
  {
    path: '/small-computers',
    title: 'Small Computers',
    folder: 'Making',
    lines: [
      [
        'A weather station that runs on a teaspoon of sunlight',
        2.6,
        'Sleeping 99.97 % of the time turns out to be most of the design.',
      ],
      [
        'Reading a datasheet backwards',
        8,
        'Start with the errata. Then the electrical limits. The feature list comes last, if at all.',
      ],
      ['The bug was the ground', 33, 'Three weeks of software, one loose screw.'],
      [
        'Seven-segment displays deserve better fonts',
        70,
        'A hundred and twenty-eight shapes, and we use ten.',
      ],
    ],
  },
  {
    path: '/field-recordings',
    title: 'Field Recordings',
    lines: [
      [
        'Ice on the canal, before anyone skated',
        4.2,
        'Twelve minutes. Use headphones, and wait for the second crack.',
      ],
      ['A stairwell in August', 96, 'Three floors, one piano, somebody looking for keys.'],
    ],
  },
];
