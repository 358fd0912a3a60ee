'use client';
import classes from './grouped-views.module.css';
import { type NamedView, Views } from './views.tsx';

export interface ViewGroup<View extends string> extends NamedView<string> {
  readonly views: readonly { readonly id: View; readonly label: string }[];
}

/** The sections of a page that has many: their groups side by side, and under them the sections of the one that is open. */
export function GroupedViews<View extends string>({
  name,
  groups,
  view,
  onView,
}: {
  readonly name: string;
  readonly groups: readonly ViewGroup<View>[];
  readonly view: View;
  readonly onView: (view: View) => void;
}) {
  const open = groups.find(({ views }) => views.some(({ id }) => id === view));
  const choose = (group: string) => {
    const first = groups.find(({ id }) => id === group)?.views[0];
    if (first !== undefined && group !== open?.id) onView(first.id);
  };
  return (
    <div className={classes.frame}>
      <Views name={name} views={groups} view={open?.id ?? ''} onView={choose} />
      {open === undefined || open.views.length < 2 ? null : (
        <nav className={classes.sections} aria-label={open.label}>
          {open.views.map(({ id, label }) => (
            <button key={id} type="button" aria-current={id === view ? 'page' : undefined} onClick={() => onView(id)}>
              {label}
            </button>
          ))}
        </nav>
      )}
    </div>
  );
}
