'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type PointFactsFragment,
  PointSchemasDocument,
  WaterSchemaFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Link } from '../../../i18n/navigation.ts';
import type { Scope } from '../../../shell/scope.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { SelectField } from '../../../ui/form/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { SchemaGroups } from '../schemas/schema-groups.tsx';
import schemaClasses from '../schemas/schemas.module.css';
import classes from './point.module.css';

/** The point's quantities side by side, by one of the schemas that hold for it. */
export function PointGroups({ point, scope }: { readonly point: PointFactsFragment; readonly scope: Scope }) {
  const t = useTranslations('water.schemas');
  const [wanted, setWanted] = useQueryState('schema', parseAsString.withOptions({ history: 'replace' }));
  const { data, isLoading, failed, retry } = useGraph(
    PointSchemasDocument,
    useMemo(() => ({ point: point.id }), [point.id]),
  );
  const schemas = (data?.catchmentPoint?.schemas ?? []).map((schema) => readFragment(WaterSchemaFragmentDoc, schema));
  const schema = schemas.find(({ id }) => id === wanted) ?? schemas[0] ?? null;
  return (
    <Panel
      title={t('groups')}
      aside={
        <Link href={{ pathname: '/water', query: { site: point.site.id, view: 'schemas' } }} className={classes.link}>
          {t('all')}
        </Link>
      }
    >
      {failed !== null ? (
        <ErrorState failure={failed} what={t('groups')} onRetry={retry} />
      ) : isLoading ? (
        <SkeletonRows count={6} />
      ) : schema === null ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <div className={schemaClasses.choose}>
          <SelectField
            label={t('schema')}
            value={schema.id}
            options={schemas.map(({ id, name, interval }) => ({
              value: id,
              label: `${name} · ${t(`intervals.${interval}`)}`,
            }))}
            onChange={(id) => void setWanted(id)}
          />
          <SchemaGroups key={schema.id} point={point} schema={schema} range={scope.range} />
        </div>
      )}
    </Panel>
  );
}
