const PATHS = {
  back: 'M15 5l-7 7 7 7',
  previous: 'M6 15l6-6 6 6',
  next: 'M6 9l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  star: 'M12 4.2l2.4 4.9 5.4.8-3.9 3.8.9 5.4-4.8-2.5-4.8 2.5.9-5.4-3.9-3.8 5.4-.8z',
  unread: 'M12 8a4 4 0 100 8 4 4 0 000-8z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5L7 17l8.5-9M12 16l1 1 8.5-9',
  more: 'M5 11.2a.8.8 0 100 1.6.8.8 0 000-1.6zM12 11.2a.8.8 0 100 1.6.8.8 0 000-1.6zM19 11.2a.8.8 0 100 1.6.8.8 0 000-1.6z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  plus: 'M12 5v14M5 12h14',
  out: 'M9 6H6a1 1 0 00-1 1v11a1 1 0 001 1h11a1 1 0 001-1v-3M13 5h6v6M19 5l-8 8',
  share: 'M12 15V4M8 7.5L12 4l4 3.5M6 12v7h12v-7',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  refresh: 'M19 12a7 7 0 11-2.2-5.1M19 4v4h-4',
  search: 'M10.5 5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM14.5 14.5L19 19',
  inbox: 'M4 13l2.5-8h11L20 13v6H4zM4 13h5l1 2.5h4l1-2.5h5',
  list: 'M5 7h14M5 12h14M5 17h8',
  folder: 'M4 7a1 1 0 011-1h4.5l2 2H19a1 1 0 011 1v8.5a1 1 0 01-1 1H5a1 1 0 01-1-1z',
  pulse: 'M3 12.5h4.5l3-6.5 4 12 2.5-5.5h4',
  transfer: 'M8 20V5M4.5 8.5L8 5l3.5 3.5M16 4v15M12.5 15.5L16 19l3.5-3.5',
  sliders: 'M4 8h9M17 8h3M4 16h3M11 16h9M15 6v4M9 14v4',
  text: 'M3 18L8 6l5 12M4.7 14h6.6M14 18l3.5-8 3.5 8M15.2 15.3h4.6',
  person: 'M12 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM5 19.5c.9-3.3 3.6-5 7-5s6.1 1.7 7 5',
  about: 'M12 11v5.5M12 7.5v.01M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing of one line; what it stands for is said beside it. */
export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" className="icon" aria-hidden="true" data-filled={filled || undefined}>
      <path d={PATHS[name]} />
    </svg>
  );
}
