'use client';
import classes from './views.module.css';

/** The sections of a page, side by side above what they show. Which one is open belongs in the address. */
export function Views<View extends string>({
  name,
  views,
  view,
  onView,
}: {
  readonly name: string;
  readonly views: readonly { readonly id: View; readonly label: string }[];
  readonly view: View;
  readonly onView: (view: View) => void;
}) {
  return (
    <nav className={classes.views} aria-label={name}>
      {views.map(({ id, label }) => (
        <button
          key={id}
          ref={id === view ? seeWhole : null}
          type="button"
          aria-current={id === view ? 'page' : undefined}
          onClick={() => onView(id)}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}

/** On a phone not all sections fit beside each other: the one that is open has to be seen. */
function seeWhole(button: HTMLButtonElement | null): void {
  button?.scrollIntoView({ block: 'nearest', inline: 'center' });
}
