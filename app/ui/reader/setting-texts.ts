import type { ReadingSettings, SettingName } from './reading-settings';

/** A setting as its page words it; the values in the order in which they are shown. */
interface SettingText<Name extends SettingName> {
  name: Name;
  label: string;
  says?: string;
  values: [value: ReadingSettings[Name], text: string][];
}

type AnySetting = { [Name in SettingName]: SettingText<Name> }[SettingName];

const YES_NO: [value: 'on' | 'off', text: string][] = [
  ['on', 'Yes'],
  ['off', 'No'],
];

/** All settings, in groups. */
export const SETTING_GROUPS: { title: string; settings: AnySetting[] }[] = [
  {
    title: 'Look',
    settings: [
      {
        name: 'theme',
        label: 'Colours',
        values: [
          ['system', 'As the system'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ],
      },
      {
        name: 'font',
        label: 'Font of articles',
        values: [
          ['serif', 'Serif'],
          ['sans', 'Sans'],
          ['system', 'System'],
        ],
      },
      {
        name: 'size',
        label: 'Size of articles',
        values: [
          ['1', 'Tiny'],
          ['2', 'Small'],
          ['3', 'Medium'],
          ['4', 'Large'],
          ['5', 'Larger'],
          ['6', 'Huge'],
        ],
      },
      {
        name: 'width',
        label: 'Lines of articles',
        values: [
          ['narrow', 'Short'],
          ['medium', 'Medium'],
          ['wide', 'Long'],
        ],
      },
    ],
  },
  {
    title: 'Lists',
    settings: [
      {
        name: 'density',
        label: 'Rows',
        values: [
          ['comfortable', 'With an excerpt'],
          ['compact', 'Compact'],
        ],
      },
      {
        name: 'order',
        label: 'First come',
        values: [
          ['newest', 'The newest'],
          ['oldest', 'The oldest'],
        ],
      },
      {
        name: 'show',
        label: 'Feeds and folders show',
        values: [
          ['all', 'All items'],
          ['unread', 'Unread only'],
        ],
      },
      { name: 'days', label: 'Part lists by days', values: YES_NO },
      {
        name: 'pictures',
        label: 'Pictures in lists',
        says: 'They are on the sites of the feeds: with them, those sites learn when a list is looked at.',
        values: YES_NO,
      },
    ],
  },
  {
    title: 'Reading',
    settings: [
      { name: 'opened', label: 'What is opened is read', values: YES_NO },
      { name: 'passed', label: 'What is scrolled past in a list is read', values: YES_NO },
      {
        name: 'keys',
        label: 'Single keys do something',
        says: 'Such as j for the next item. The key ? shows them all, here too.',
        values: YES_NO,
      },
    ],
  },
];
