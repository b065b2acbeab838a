import type { ComponentProps } from 'react';
import { Icon, type IconName } from './line-icon';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName;
  /** What it does: its name, and its hint. */
  label: string;
  filled?: boolean;
  /** The key that does the same. */
  shortcut?: string;
}

/** A button that is a drawing. */
export function IconButton({ icon, label, filled = false, shortcut, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      aria-keyshortcuts={shortcut}
      className="icon-button"
      {...rest}
    >
      <Icon name={icon} filled={filled} />
    </button>
  );
}
