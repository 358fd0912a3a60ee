'use client';
import { useTranslations } from 'next-intl';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SelectField } from '../../../ui/form/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import type { NamedPoint } from '../place-choice.ts';
import { useGroupColumns } from './group-columns.tsx';
import { previewInput, type SchemaDraft } from './schema-draft.ts';
import classes from './schemas.module.css';
import type { SchemaCheck } from './use-schema-check.ts';

/** What a schema makes of a point's newest groups, before anybody keeps it. */
export function SchemaPreview({
  draft,
  check: { groups, isLoading },
  points,
  pointId,
  onPoint,
}: {
  readonly draft: SchemaDraft;
  readonly check: SchemaCheck;
  readonly points: readonly NamedPoint[];
  readonly pointId: string;
  readonly onPoint: (id: string) => void;
}) {
  const t = useTranslations('water.schemas');
  const { shown, ...input } = previewInput(draft);
  const rows = groups ?? [];
  const columns = useGroupColumns({ ...input, shown: shown ?? [] }, rows);
  return (
    <Panel title={t('preview.title')}>
      <div className={classes.preview}>
        <SelectField
          label={t('preview.point')}
          value={pointId}
          options={points.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={onPoint}
        />
        {isLoading && groups === null ? (
          <SkeletonRows count={4} />
        ) : rows.length === 0 ? (
          <EmptyState
            title={t('preview.empty.title')}
            hint={t(groups === null ? 'preview.empty.wrong' : 'preview.empty.hint')}
          />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: it scrolls, so the keyboard must reach it
          <div className={classes.scroll} role="group" aria-label={t('preview.title')} tabIndex={0}>
            <SmallTable caption={t('preview.title')} columns={columns} rows={rows} rowId={({ from }) => from} />
          </div>
        )}
      </div>
    </Panel>
  );
}
