'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  PointConstantsDocument,
  PointConstantsRowFragmentDoc,
  type PointFactsFragment,
  PointRunFragmentDoc,
  WaterRuleFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Link } from '../../../i18n/navigation.ts';
import type { Scope } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { SeverityTag } from '../alerts/severity-tag.tsx';
import classes from './point.module.css';
import { PointConstants } from './point-constants.tsx';
import { ReprocessPanel } from './reprocess-panel.tsx';

/** What is watched at the point, what its numbers are made with and since when, and how to make them again. */
export function PointHistory({ point, scope }: { readonly point: PointFactsFragment; readonly scope: Scope }) {
  const t = useTranslations('water');
  const isAllowed = useCan()('telemetry:write');
  const { data, isLoading, failed, retry } = useGraph(
    PointConstantsDocument,
    useMemo(() => ({ point: point.id, points: [point.id] }), [point.id]),
  );
  const rules = (data?.rules ?? [])
    .map((rule) => readFragment(WaterRuleFragmentDoc, rule))
    .filter(({ company }) => company.id === point.company.id);
  const state = isLoading ? (
    <SkeletonRows count={5} />
  ) : failed !== null ? (
    <ErrorState failure={failed} what={t('point.constants.title')} onRetry={retry} />
  ) : null;
  return (
    <div className={classes.halves}>
      <Panel title={t('point.constants.title')}>
        {state ?? (
          <PointConstants
            point={point}
            rows={(data?.catchmentPoint?.constantsHistory ?? []).map((row) =>
              readFragment(PointConstantsRowFragmentDoc, row),
            )}
            meters={data?.catchmentPoint?.meterChanges ?? []}
            isAllowed={isAllowed}
            onChanged={retry}
          />
        )}
      </Panel>
      <Panel
        title={t('rules.title')}
        aside={
          <Link href={{ pathname: '/water', query: { site: point.site.id, view: 'rules' } }} className={classes.link}>
            {t('point.allRules')}
          </Link>
        }
      >
        {state ??
          (rules.length === 0 ? (
            <EmptyState title={t('rules.empty.title')} hint={t('rules.empty.hint')} />
          ) : (
            <ul className={classes.rules}>
              {rules.map((rule) => (
                <li key={rule.id}>
                  <span>
                    {rule.isUsual ? t(`rules.kinds.${rule.kind}`) : rule.name}
                    <small>
                      {[
                        rule.variable === null ? t('rules.allVariables') : t(`rules.variables.${rule.variable}`),
                        rule.point === null ? t('rules.allPoints') : t('point.onlyHere'),
                      ].join(' · ')}
                    </small>
                  </span>
                  <SeverityTag severity={rule.severity} />
                  {rule.isActive ? null : <StateTag tone="neutral">{t('rules.off')}</StateTag>}
                </li>
              ))}
            </ul>
          ))}
      </Panel>
      {isAllowed && state === null ? (
        <ReprocessPanel
          point={point}
          today={scope.today}
          runs={(data?.catchmentPoint?.reprocessRuns ?? []).map((run) => readFragment(PointRunFragmentDoc, run))}
          onDone={retry}
        />
      ) : null}
    </div>
  );
}
