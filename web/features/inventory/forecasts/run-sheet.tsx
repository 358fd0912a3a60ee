'use client';
import { useTranslations } from 'next-intl';
import type { ForecastRunFactsFragment } from '../../../graphql/generated/graphql.ts';
import { Details } from '../../../ui/details.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { ChosenMethods } from './chosen-methods.tsx';
import classes from './forecasts.module.css';
import { useRunName } from './run-name.ts';
import { RunTag } from './run-tag.tsx';

/** One run: when it worked, what it did with each series, why it failed, and what it left. */
export function RunSheet({ run, onClose }: { readonly run: ForecastRunFactsFragment; readonly onClose: () => void }) {
  const t = useTranslations('inventory.forecasts');
  const format = useFormat();
  const nameOf = useRunName();
  const at = (instant: string | null) => (instant === null ? '–' : format.instant(instant));
  const { errorMessage, judged, beating, skill } = run;
  return (
    <Sheet name={nameOf(run)} side="right" onClose={onClose} hasTitle>
      <div className={classes.sheet}>
        <p>
          <RunTag run={run} />
        </p>
        {errorMessage === null ? null : (
          <p className={classes.fault}>
            {t('failedWhy')} <span lang="en">{errorMessage}</span>
          </p>
        )}
        <Details
          rows={[
            [t('createdAt'), at(run.createdAt)],
            [t('startedAt'), at(run.startedAt)],
            [t('completedAt'), at(run.completedAt)],
            [t('places'), format.number(run.places)],
            [t('computed'), format.number(run.computed)],
            [t('unchanged'), format.number(run.unchanged)],
            [t('failed'), format.number(run.failed)],
            ...(judged === 0
              ? []
              : [
                  [
                    t('headline.beating'),
                    t('headline.ofJudged', {
                      ...{ count: judged, beating: format.number(beating), judged: format.number(judged) },
                    }),
                  ] as const,
                  [
                    t('headline.skill'),
                    skill === null ? '–' : format.percent(skill * 100, { digits: 0, signed: true }),
                  ] as const,
                ]),
          ]}
        />
        {run.failed === 0 ? null : <p className={classes.quiet}>{t('failedMeans')}</p>}
        {run.chosen.length === 0 ? null : (
          <section aria-label={t('methods.title')}>
            <h3>{t('methods.title')}</h3>
            <ChosenMethods chosen={run.chosen} />
          </section>
        )}
      </div>
    </Sheet>
  );
}
