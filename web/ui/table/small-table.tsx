import classes from './table.module.css';
import type { TableColumn } from './table-column.ts';

/** A few rows inside a panel: aligned, without controls. */
export function SmallTable<Row>({
  caption,
  columns,
  rows,
  rowId,
}: {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
}) {
  return (
    <table className={classes.table} data-size="small">
      <caption className={classes.hidden}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" data-align={column.align} data-wide={column.isWide}>
              {column.label}
              {column.unit === undefined ? null : <span className={classes.unit}> {column.unit}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowId(row)}>
            {columns.map((column, index) => {
              const content = column.cell?.(row) ?? column.value(row);
              const props = { key: column.id, 'data-align': column.align, 'data-wide': column.isWide };
              return index === 0 ? (
                <th {...props} key={column.id} scope="row">
                  {content}
                </th>
              ) : (
                <td {...props} key={column.id}>
                  {content}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
