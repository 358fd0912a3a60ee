'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { WaterRuleFragmentDoc, WaterRulesDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { SeverityTag } from '../alerts/severity-tag.tsx';
import { RuleForm } from './rule-form.tsx';

/** What is watched at the points of the site's company; who may, changes it. */
export function RulesPanel({ site, companyId }: { readonly site: ScopeSite; readonly companyId: string | null }) {
  const t = useTranslations('water.rules');
  const isAllowed = useCan()('telemetry:write');
  const [edited, setEdited] = useState<string | null>(null);
  const { data, isLoading, failed, retry } = useGraph(
    WaterRulesDocument,
    useMemo(() => ({ site: site.id }), [site.id]),
  );
  const rules = (data?.rules ?? [])
    .map((rule) => readFragment(WaterRuleFragmentDoc, rule))
    .filter(({ company }) => company.id === companyId);
  const open = rules.find(({ id }) => id === edited) ?? null;
  const isShown = isAllowed && (edited === 'new' || open !== null);
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
            onClick={() => setEdited('new')}
          >
            {t('make')}
          </Button>
        ) : null
      }
    >
      {isLoading ? (
        <SkeletonRows count={6} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : rules.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <RowList>
          {rules.map((rule) => (
            <Row
              key={rule.id}
              title={rule.isUsual ? t(`kinds.${rule.kind}`) : rule.name}
              subtitle={[
                rule.isUsual ? null : t(`kinds.${rule.kind}`),
                rule.point?.name ?? t('allPoints'),
                rule.variable === null ? null : t(`variables.${rule.variable}`),
              ]
                .filter((fact) => fact !== null)
                .join(' · ')}
              number={<SeverityTag severity={rule.severity} />}
              tag={<StateTag tone={rule.isActive ? 'ok' : 'neutral'}>{t(rule.isActive ? 'on' : 'off')}</StateTag>}
              hasEnded={!rule.isActive}
              onOpen={() => setEdited(rule.id)}
            />
          ))}
        </RowList>
      )}
      {isShown && companyId !== null ? (
        <RuleForm
          rule={open}
          points={data?.site?.catchmentPoints ?? []}
          companyId={companyId}
          onChanged={retry}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </Panel>
  );
}
