'use client';
import classes from './views.module.css';

export interface NamedView<View extends string> {
  readonly id: View;
  readonly label: string;
  /** How much waits for a person there, and what that is in words. */
  readonly waiting?: { readonly count: string; readonly about: string };
}

/** The sections of a page, side by side above what they show. Which one is open belongs in the address. */
export function Views<View extends string>({
  name,
  views,
  view,
  onView,
}: {
  readonly name: string;
  readonly views: readonly NamedView<View>[];
  readonly view: View;
  readonly onView: (view: View) => void;
}) {
  return (
    <nav className={classes.views} aria-label={name}>
      {views.map(({ id, label, waiting }) => (
        <button
          key={id}
          ref={id === view ? seeWhole : null}
          type="button"
          aria-current={id === view ? 'page' : undefined}
          onClick={() => onView(id)}
        >
          {label}
          {waiting === undefined ? null : (
            <>
              {' '}
              <span className={classes.waiting} title={waiting.about}>
                {waiting.count}
                <span className={classes.hidden}> {waiting.about}</span>
              </span>
            </>
          )}
        </button>
      ))}
    </nav>
  );
}

/** On a phone not all sections fit beside each other: the one that is open has to be seen. */
function seeWhole(button: HTMLButtonElement | null): void {
  button?.scrollIntoView({ block: 'nearest', inline: 'center' });
}
