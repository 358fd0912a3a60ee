'use client';
import { Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Button } from '../button.tsx';
import classes from './table.module.css';
import type { TableColumn } from './table-column.ts';

/** Which columns are shown. The first one stays: a row without its name is no row. */
export function ColumnChoice<Row>({
  columns,
  visible,
  onChange,
}: {
  readonly columns: readonly TableColumn<Row>[];
  readonly visible: Readonly<Record<string, boolean>>;
  readonly onChange: (visible: Record<string, boolean>) => void;
}) {
  const t = useTranslations('table');
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button size="small" icon={<IconColumns3 size={15} />} aria-haspopup="dialog" className={classes.wideOnly}>
          {t('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns')}>
        <div className={classes.choices}>
          {columns.slice(1).map((column) => (
            <label key={column.id} className={classes.choice}>
              <input
                type="checkbox"
                checked={visible[column.id] !== false}
                onChange={(event) => onChange({ ...visible, [column.id]: event.currentTarget.checked })}
              />
              {column.label}
            </label>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
