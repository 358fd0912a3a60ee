import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './table.module.css';
import type { TableColumn } from './table-column.ts';

/** A column's head: its name, its unit, and a button that sorts by it. */
export function SortableHead<Row>({
  column,
  direction,
  onSort,
}: {
  readonly column: TableColumn<Row>;
  readonly direction: 'ascending' | 'descending' | 'none';
  /** Left out where nobody sorts by it. */
  readonly onSort?: () => void;
}) {
  const name = (
    <span>
      {column.label}
      {column.unit === undefined ? null : <span className={classes.unit}> {column.unit}</span>}
    </span>
  );
  return (
    <th scope="col" aria-sort={direction} data-align={column.align} data-wide={column.isWide}>
      {onSort === undefined ? (
        name
      ) : (
        <button type="button" className={classes.sort} onClick={onSort}>
          {name}
          {direction === 'none' ? null : direction === 'ascending' ? (
            <IconArrowUp size={12} aria-hidden="true" />
          ) : (
            <IconArrowDown size={12} aria-hidden="true" />
          )}
        </button>
      )}
    </th>
  );
}
