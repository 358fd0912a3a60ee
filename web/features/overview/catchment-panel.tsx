'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Failure } from '../../graphql/failures.ts';
import { type FragmentType, readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  CatchmentRowFragmentDoc,
  LatestMeasurementsChangedDocument,
  PointLatestFragmentDoc,
} from '../../graphql/generated/graphql.ts';
import { useLive } from '../../graphql/use-live.ts';
import { LiveNote } from '../../shell/live-note.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { SmallTable } from '../../ui/table/small-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Measured } from '../water/measured.tsx';
import { PointAge } from '../water/point-age.tsx';
import { newestAt } from '../water/point-state.ts';
import { PointStateTag } from '../water/point-state-tag.tsx';
import { newestValue } from '../water/variables.ts';

/** The catchment points of a site with their newest values, live. */
export function CatchmentPanel({
  points,
  isLoading,
  failure,
  onRetry,
}: {
  readonly points: readonly FragmentType<typeof CatchmentRowFragmentDoc>[];
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly onRetry: () => void;
}) {
  const t = useTranslations('overview.catchment');
  const rows = points.map(readRow);
  const pointIds = useMemo(() => points.map((point) => readFragment(CatchmentRowFragmentDoc, point).id), [points]);
  useLive(
    LatestMeasurementsChangedDocument,
    useMemo(() => ({ pointIds }), [pointIds]),
    { pause: pointIds.length === 0 },
  );
  const columns: readonly TableColumn<Row>[] = [
    { id: 'name', label: t('point'), value: (row) => row.name },
    {
      id: 'flow',
      label: t('flow'),
      align: 'end',
      value: (row) => newestValue(row.latest, 'flow')?.value ?? null,
      cell: (row) => <Measured latest={row.latest} name="flow" />,
    },
    {
      id: 'level',
      label: t('level'),
      align: 'end',
      value: (row) => newestValue(row.latest, 'level')?.value ?? null,
      cell: (row) => <Measured latest={row.latest} name="level" />,
    },
    {
      id: 'age',
      label: t('age'),
      align: 'end',
      isWide: true,
      value: (row) => newestAt(row.latest),
      cell: (row) => <PointAge at={newestAt(row.latest)} />,
    },
    {
      id: 'state',
      label: t('state'),
      align: 'end',
      value: (row) => row.status,
      cell: (row) => <PointStateTag point={row} />,
    },
  ];
  return (
    <Panel title={t('title')} aside={rows.length > 0 ? <LiveNote /> : null}>
      {isLoading ? (
        <SkeletonRows count={5} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={onRetry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <SmallTable caption={t('title')} columns={columns} rows={rows} rowId={(row) => row.id} />
      )}
    </Panel>
  );
}

type Row = ReturnType<typeof readRow>;

function readRow(point: FragmentType<typeof CatchmentRowFragmentDoc>) {
  const row = readFragment(CatchmentRowFragmentDoc, point);
  return { ...row, latest: readFragment(PointLatestFragmentDoc, row).latest };
}
