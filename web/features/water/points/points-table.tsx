'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useFormat } from '../../../ui/format/use-format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import { Measured } from '../measured.tsx';
import { PointAge } from '../point-age.tsx';
import { newestAt } from '../point-state.ts';
import { PointStateTag } from '../point-state-tag.tsx';
import { newestValue, type VariableName } from '../variables.ts';
import type { WaterPoint } from './water-point.ts';

const complianceTones = {
  SCHEDULED: 'neutral',
  DUE: 'attention',
  SENDING: 'neutral',
  SENT: 'ok',
  VERIFIED: 'ok',
  UNKNOWN: 'attention',
  RETRY_NEXT_DAY: 'attention',
  NEEDS_REVIEW: 'attention',
  REJECTED: 'fault',
  STOPPED: 'fault',
  SKIPPED: 'neutral',
  SHADOWED: 'neutral',
} as const;

/** Every point of a site with its newest values, live; a row opens its series above. */
export function PointsTable({
  points,
  openId,
  onOpen,
  siteCode,
}: {
  readonly points: readonly WaterPoint[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  readonly siteCode: string;
}) {
  const t = useTranslations('water');
  const format = useFormat();
  const columns = useMemo((): readonly TableColumn<WaterPoint>[] => {
    const measured = (name: VariableName): TableColumn<WaterPoint> => ({
      id: name,
      label: t(`variables.${name}`),
      align: 'end',
      value: (point) => newestValue(point.latest, name)?.value ?? null,
      cell: (point) => <Measured latest={point.latest} name={name} />,
    });
    return [
      { id: 'name', label: t('columns.name'), value: (point) => point.name },
      { id: 'code', label: t('columns.code'), value: (point) => point.code, isWide: true },
      {
        id: 'type',
        label: t('columns.type'),
        value: (point) => point.type,
        cell: (point) => t(`types.${point.type}`),
        isWide: true,
      },
      measured('flow'),
      { ...measured('level'), isWide: true },
      { ...measured('volume'), isWide: true },
      {
        id: 'age',
        label: t('columns.age'),
        align: 'end',
        isWide: true,
        value: (point) => format.instant(newestAt(point.latest) ?? 0),
        cell: (point) => <PointAge at={newestAt(point.latest)} />,
      },
      {
        id: 'compliance',
        label: t('columns.compliance'),
        isWide: true,
        value: ({ lastSubmission }) => (lastSubmission === null ? null : t(`compliance.${lastSubmission.status}`)),
        cell: ({ lastSubmission }) =>
          lastSubmission === null ? (
            '–'
          ) : (
            <StateTag tone={complianceTones[lastSubmission.status]}>
              {t(`compliance.${lastSubmission.status}`)}
            </StateTag>
          ),
      },
      {
        id: 'state',
        label: t('columns.state'),
        align: 'end',
        value: (point) => point.status,
        cell: (point) => <PointStateTag point={point} />,
      },
    ];
  }, [t, format]);
  return (
    <DataTable
      caption={t('points')}
      columns={columns}
      rows={points}
      rowId={rowId}
      openId={openId}
      onOpen={(point) => onOpen(point.id)}
      fileName={`${siteCode}-puntos`}
    />
  );
}

const rowId = (point: WaterPoint) => point.id;
