import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import classes from './button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is the one action of a form; `quiet` has no border until it is pointed at. */
  readonly look?: 'primary' | 'plain' | 'quiet';
  readonly size?: 'normal' | 'small' | 'icon';
  readonly icon?: ReactNode;
  readonly isBusy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button. Busy keeps its width and its focus, and refuses a second press. */
export function Button({
  look = 'plain',
  size = 'normal',
  icon,
  isBusy = false,
  children,
  className,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={className === undefined ? classes.button : `${classes.button} ${className}`}
      data-look={look}
      data-size={size}
      data-busy={isBusy}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      {children}
    </button>
  );
}
