'use client';
import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useFormat } from '../format/use-format.ts';
import { ColumnChoice } from './column-choice.tsx';
import { ExportButton } from './export-button.tsx';
import { SortableHead } from './sortable-head.tsx';
import classes from './table.module.css';
import type { TableColumn } from './table-column.ts';

export interface DataTableProps<Row extends object> {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** All rows that match, loaded or not; equal to `rows` when left out. */
  readonly totalCount?: number;
  readonly onOpen?: (row: Row) => void;
  readonly openId?: string | null;
  /** Leads from a row to a page of its own: a last column, which is neither chosen nor exported. */
  readonly page?: { readonly label: string; readonly link: (row: Row) => ReactNode };
  /** Called when the last loaded row comes into view. */
  readonly onEnd?: () => void;
  /** Search and filters, at the left of the controls. */
  readonly filters?: ReactNode;
  readonly fileName: string;
  /** Stands where rows would be when there are none: still loading, or nothing matches. */
  readonly placeholder?: ReactNode;
  /** How the server sorts all rows, loaded or not; without it the loaded ones are sorted here. */
  readonly order?: TableOrder;
  /** The rows are about to be replaced. */
  readonly isOld?: boolean;
  /** Every row that matches the filters, for the export; the loaded ones when left out. */
  readonly allRows?: () => Promise<readonly Row[]>;
  /** Offers a workbook beside the CSV. */
  readonly hasWorkbook?: boolean;
  /** Of every row, in pixels; that of one line when left out. */
  readonly rowHeight?: number;
}

/** A sort that somebody else does: only the columns that it knows have a head to press. */
export interface TableOrder {
  readonly by: { readonly id: string; readonly isDescending: boolean } | null;
  readonly columns: readonly string[];
  readonly onChange: (by: { readonly id: string; readonly isDescending: boolean } | null) => void;
}

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

const lineHeight = 37;
const noSorting: SortingState = [];

/** The table for many rows: sorted, chosen, exported, walked with the arrow keys; only visible rows are drawn. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, onOpen, openId = null, onEnd, filters, fileName, order, page } = props;
  const t = useTranslations('table');
  const format = useFormat();
  const count = props.totalCount ?? rows.length;
  const [ownSorting, setSorting] = useState<SortingState>([]);
  const shownSorting =
    order === undefined ? ownSorting : order.by === null ? [] : [{ id: order.by.id, desc: order.by.isDescending }];
  const sorting = order === undefined ? ownSorting : noSorting;
  const sortBy = (id: string) => {
    const [next] = nextSorting(shownSorting, id);
    if (order === undefined) setSorting(next === undefined ? [] : [next]);
    else order.onChange(next === undefined ? null : { id, isDescending: next.desc });
  };
  const [columnVisibility, setColumnVisibility] = useState<Record<string, boolean>>(() =>
    Object.fromEntries(columns.map((column) => [column.id, column.isExtra !== true])),
  );
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => sortValue(column.value(row)),
        sortFn: 'basic' as const,
        sortUndefined: 'last' as const,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    state: { sorting, columnVisibility },
    onSortingChange: setSorting,
    onColumnVisibilityChange: setColumnVisibility,
    getRowId: rowId,
  });
  const shown = columns.filter((column) => columnVisibility[column.id] !== false);
  const columnCount = shown.length + (page === undefined ? 0 : 1);
  const sorted = table.getRowModel().rows;

  const scroll = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => props.rowHeight ?? lineHeight,
    overscan: 10,
    onChange: ({ range }) => {
      if (range !== null && range.endIndex >= sorted.length - 1) onEnd?.();
    },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  const walk = (event: KeyboardEvent) => {
    // Who comes from outside the rows arrives at the one that was left, not behind it.
    const isInside = event.target instanceof Element && event.target.closest('tbody') !== null;
    const target = nextRow(event.key, focused, sorted.length, isInside);
    if (target === null) return;
    event.preventDefault();
    setFocused(target);
    virtual.scrollToIndex(target);
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-index="${target}"] button`)?.focus());
  };

  return (
    <div className={classes.frame}>
      <div className={classes.controls}>
        <div className={classes.filters}>{filters}</div>
        {/* That there are none is said in the rows' own place, with the reason. */}
        {rows.length === 0 ? null : (
          <span className={classes.count}>{t('count', { count, written: format.number(count) })}</span>
        )}
        <ColumnChoice columns={columns} visible={columnVisibility} onChange={setColumnVisibility} />
        <ExportButton
          fileName={fileName}
          columns={shown}
          hasWorkbook={props.hasWorkbook === true}
          isEmpty={rows.length === 0}
          rows={async () => (props.allRows === undefined ? sorted.map((row) => row.original) : props.allRows())}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: it scrolls, so the keyboard must reach it */}
      <div ref={scroll} role="group" className={classes.scroll} aria-label={caption} tabIndex={0} onKeyDown={walk}>
        <table className={classes.table} aria-busy={props.isOld === true} aria-rowcount={count}>
          <caption className={classes.hidden}>{caption}</caption>
          <thead>
            <tr>
              {shown.map((column) => (
                <SortableHead
                  key={column.id}
                  column={column}
                  direction={
                    shownSorting[0]?.id === column.id ? (shownSorting[0].desc ? 'descending' : 'ascending') : 'none'
                  }
                  {...(order === undefined || order.columns.includes(column.id)
                    ? { onSort: () => sortBy(column.id) }
                    : {})}
                />
              ))}
              {page === undefined ? null : (
                <th scope="col">
                  <span className={classes.hidden}>{page.label}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            <Spacer height={before} columns={columnCount} />
            {items.map((item) => {
              const row = sorted[item.index]?.original;
              if (row === undefined) return null;
              return (
                <tr
                  key={rowId(row)}
                  data-index={item.index}
                  data-open={rowId(row) === openId}
                  data-opens={onOpen !== undefined}
                  {...(props.rowHeight === undefined ? {} : { style: { height: props.rowHeight } })}
                  aria-rowindex={item.index + 2}
                  {...(onOpen === undefined ? {} : { onClick: () => onOpen(row) })}
                >
                  {shown.map((column, index) => (
                    <td key={column.id} data-align={column.align} data-wide={column.isWide}>
                      {index === 0 && onOpen !== undefined ? (
                        <button
                          type="button"
                          className={classes.open}
                          tabIndex={item.index === focused ? 0 : -1}
                          aria-expanded={rowId(row) === openId}
                          onFocus={() => setFocused(item.index)}
                        >
                          {cellOf(column, row)}
                        </button>
                      ) : (
                        cellOf(column, row)
                      )}
                    </td>
                  ))}
                  {page === undefined ? null : (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: keeps the row's own press away from the link
                    <td className={classes.page} onClick={(event) => event.stopPropagation()}>
                      {page.link(row)}
                    </td>
                  )}
                </tr>
              );
            })}
            <Spacer height={after} columns={columnCount} />
          </tbody>
        </table>
        {rows.length === 0 ? <div className={classes.placeholder}>{props.placeholder}</div> : null}
      </div>
    </div>
  );
}

function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function cellOf<Row>(column: TableColumn<Row>, row: Row): ReactNode {
  return column.cell === undefined ? column.value(row) : column.cell(row);
}

/** Decimals are text and sort as numbers; other text sorts as people read it. Missing values go last. */
function sortValue(value: string | number | null): string | number | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number') return value;
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value.toLocaleLowerCase();
}

/** Up, down, and back to the order in which the rows came. */
function nextSorting(now: SortingState, id: string): SortingState {
  if (now[0]?.id !== id) return [{ id, desc: false }];
  return now[0].desc ? [] : [{ id, desc: true }];
}

function nextRow(key: string, focused: number, count: number, isInside: boolean): number | null {
  const step = isInside ? 1 : 0;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: focused + step,
    ArrowUp: focused - step,
    PageDown: focused + 12 * step,
    PageUp: focused - 12 * step,
    Home: 0,
    End: count - 1,
  };
  const target = moves[key];
  return target === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, target));
}
