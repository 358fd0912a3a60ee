'use client';
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import classes from './schemas.module.css';
import type { SchemaCheck } from './use-schema-check.ts';

/** What a row with an expression is written with. */
export interface Writing {
  readonly names: readonly string[];
  readonly functions: readonly string[];
  readonly longest: number;
  readonly check: SchemaCheck;
}

interface Keyed {
  readonly key: string;
}

/** Rows of one kind that are added, taken out and moved up. */
export function PartRows<Part extends Keyed>({
  rows,
  nameOf,
  addLabel,
  make,
  most,
  least = 0,
  isAllowed,
  onChange,
  children,
}: {
  readonly rows: readonly Part[];
  /** What a row is called where it is taken out. */
  readonly nameOf: (row: Part, index: number) => string;
  readonly addLabel: string;
  readonly make: () => Part;
  readonly most: number;
  readonly least?: number;
  readonly isAllowed: boolean;
  readonly onChange: (rows: readonly Part[]) => void;
  readonly children: (row: Part, index: number, set: (part: Partial<Part>) => void) => ReactNode;
}) {
  const t = useTranslations('water.schemas');
  const moveUp = (index: number) => {
    const [above, own] = [rows[index - 1], rows[index]];
    if (above === undefined || own === undefined) return;
    onChange(rows.with(index - 1, own).with(index, above));
  };
  return (
    <fieldset disabled={!isAllowed} className={classes.rows}>
      {rows.map((row, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset of its own for each would nest three deep
        <div key={row.key} role="group" aria-label={nameOf(row, index)} className={classes.row}>
          {children(row, index, (part) => onChange(rows.with(index, { ...row, ...part })))}
          {isAllowed ? (
            <span className={classes.acts}>
              <Button
                size="small"
                icon={<IconArrowUp size={15} aria-hidden="true" />}
                disabled={index === 0}
                aria-label={t('moveUp', { name: nameOf(row, index) })}
                onClick={() => moveUp(index)}
              />
              <Button
                size="small"
                icon={<IconTrash size={15} aria-hidden="true" />}
                disabled={rows.length <= least}
                aria-label={t('takeOut', { name: nameOf(row, index) })}
                onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
              />
            </span>
          ) : null}
        </div>
      ))}
      {isAllowed && rows.length < most ? (
        <span>
          <Button
            size="small"
            icon={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => onChange([...rows, make()])}
          >
            {addLabel}
          </Button>
        </span>
      ) : null}
    </fieldset>
  );
}
