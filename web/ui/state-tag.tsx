import classes from './state-tag.module.css';

export type StateTone = 'ok' | 'attention' | 'fault' | 'neutral' | 'brand';

/** A state in a word; the colour only repeats what the word says. */
export function StateTag({ tone, children }: { readonly tone: StateTone; readonly children: string }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
