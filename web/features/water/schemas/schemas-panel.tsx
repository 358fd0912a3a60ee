'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { WaterSchemaFragmentDoc, WaterSchemasDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { SchemaEditor } from './schema-editor.tsx';

/** The schemas of the site's company, and the one that is open in its editor. */
export function SchemasPanel({ site, companyId }: { readonly site: ScopeSite; readonly companyId: string | null }) {
  const t = useTranslations('water.schemas');
  const isAllowed = useCan()('telemetry:write');
  const [openId, setOpenId] = useQueryState('schema', parseAsString.withOptions({ history: 'push' }));
  const { data, isLoading, failed, retry } = useGraph(
    WaterSchemasDocument,
    useMemo(() => ({ filter: { companyIds: [companyId ?? ''] }, site: site.id }), [companyId, site.id]),
    { pause: companyId === null },
  );
  const schemas = (data?.telemetrySchemas.edges ?? []).map(({ node }) => readFragment(WaterSchemaFragmentDoc, node));
  const open = schemas.find(({ id }) => id === openId) ?? null;
  if (data !== undefined && companyId !== null && (open !== null || (openId === 'new' && isAllowed))) {
    return (
      <SchemaEditor
        key={openId}
        schema={open}
        companyId={companyId}
        points={data.site?.catchmentPoints ?? []}
        language={data.expressionLanguage}
        isAllowed={isAllowed}
        onChanged={retry}
        onClose={() => void setOpenId(null)}
      />
    );
  }
  return (
    <Panel
      title={t('title')}
      aside={
        isAllowed ? (
          <Button
            disabled={companyId === null}
            look="primary"
            size="small"
            icon={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => void setOpenId('new')}
          >
            {t('make')}
          </Button>
        ) : null
      }
    >
      {failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : isLoading ? (
        <SkeletonRows count={4} />
      ) : schemas.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <RowList>
          {schemas.map(({ id, name, type, interval, isForAllPoints, points, quantities, calculatedFields }) => (
            <Row
              key={id}
              title={name}
              subtitle={[
                t(`types.${type}`),
                t(`intervals.${interval}`),
                isForAllPoints ? t('allPoints') : t('somePoints', { count: points.length }),
              ].join(' · ')}
              number={t('parts', { quantities: quantities.length, fields: calculatedFields.length })}
              onOpen={() => void setOpenId(id)}
            />
          ))}
        </RowList>
      )}
    </Panel>
  );
}
