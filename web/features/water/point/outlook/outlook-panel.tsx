'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { failureAt } from '../../../../graphql/failures.ts';
import { readFragment } from '../../../../graphql/generated/fragment-masking.ts';
import {
  AnalysePointDocument,
  type ForecastHorizon,
  type PointFactsFragment,
  PointForecastFragmentDoc,
  PointOutlookDocument,
  PointTrendFragmentDoc,
  type TrendSpan,
  type VariableKind,
} from '../../../../graphql/generated/graphql.ts';
import { useAct } from '../../../../graphql/use-act.ts';
import { useGraph } from '../../../../graphql/use-graph.ts';
import { useCan } from '../../../../shell/viewer.tsx';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { useFormat } from '../../../../ui/format/use-format.ts';
import { Panel } from '../../../../ui/panel.tsx';
import { RefusalNote } from '../../../../ui/refusal-note.tsx';
import { SkeletonChart } from '../../../../ui/skeleton.tsx';
import { byUsualOrder } from '../kinds.ts';
import pointClasses from '../point-chart.module.css';
import { AnomalyList } from './anomaly-list.tsx';
import { ForecastWords } from './forecast-words.tsx';
import classes from './outlook.module.css';
import { OutlookChart } from './outlook-chart.tsx';
import { outlookPoints } from './outlook-points.ts';
import { TrendWords } from './trend-words.tsx';
import { WaterRightWords } from './water-right-words.tsx';

const hourMs = 3_600_000;
const horizons = ['DAYS_30', 'HOURS_72'] as const satisfies readonly ForecastHorizon[];
const spans = ['QUARTER', 'YEAR', 'THREE_YEARS'] as const satisfies readonly TrendSpan[];

/** How a horizon is drawn: its steps, and how much of the past stands before it. */
const looks = {
  HOURS_72: { grain: 'HOUR', stepMs: hourMs, pastMs: 7 * 24 * hourMs },
  DAYS_30: { grain: 'DAY', stepMs: 24 * hourMs, pastMs: 90 * 24 * hourMs },
} as const;

/** Where a quantity of the point is going, what is expected of it, and what was unusual: in words, and drawn. */
export function OutlookPanel({ point }: { readonly point: PointFactsFragment }) {
  const t = useTranslations('water.point.outlook');
  const kindName = useTranslations('water.rules.variables');
  const { language } = useFormat();
  const isAllowed = useCan()('telemetry:write');
  const { act, isBusy, refusal } = useAct();
  const measured = byUsualOrder(
    point.variables.map(({ variable }) => variable),
    (kind) => kind,
  );
  const [variable, setVariable] = useState<VariableKind>(measured[0] ?? 'FLOW');
  const [horizon, setHorizon] = useState<ForecastHorizon>('DAYS_30');
  const [span, setSpan] = useState<TrendSpan>('YEAR');
  const [nowMs] = useState(() => Math.ceil(Date.now() / hourMs) * hourMs);
  const { grain, stepMs, pastMs } = looks[horizon];
  const { data, isLoading, failed, failures, retry } = useGraph(
    PointOutlookDocument,
    useMemo(
      () => ({
        ...{ point: point.id, variable, span, horizon, grain, language },
        between: { from: new Date(nowMs - pastMs).toISOString(), to: new Date(nowMs).toISOString() },
      }),
      [point.id, variable, span, horizon, grain, language, nowMs, pastMs],
    ),
  );
  const answer = data?.catchmentPoint ?? null;
  const trend = readFragment(PointTrendFragmentDoc, answer?.trend);
  const forecast = readFragment(PointForecastFragmentDoc, answer?.forecast);
  const points = useMemo(
    () => outlookPoints(answer?.history.points ?? [], forecast?.points ?? [], answer?.anomalies.items ?? [], stepMs),
    [answer, forecast, stepMs],
  );
  const failure = failed ?? failureAt(failures, 'catchmentPoint');
  const states = [trend?.state, forecast?.state, answer?.anomalies.state];
  const analyse = async () => {
    if ((await act(AnalysePointDocument, { id: point.id })) !== null) retry();
  };
  const again = (
    <Button size="small" look="quiet" disabled={isBusy} onClick={() => void analyse()}>
      {t(isBusy ? 'making' : 'make')}
    </Button>
  );
  return (
    <Panel title={t('title')} {...(isAllowed ? { actions: again } : {})}>
      <div className={pointClasses.chartHead}>
        <Chips label={t('quantity')} values={measured} chosen={variable} onChoose={setVariable} nameOf={kindName} />
        <Chips label={t('span')} values={spans} chosen={span} onChoose={setSpan} nameOf={(one) => t(`spans.${one}`)} />
        <Chips
          label={t('ahead')}
          values={horizons}
          chosen={horizon}
          onChoose={setHorizon}
          nameOf={(one) => t(`horizons.${one}`)}
        />
      </div>
      {refusal === null ? null : <RefusalNote refusal={refusal} />}
      {isLoading ? (
        <SkeletonChart height={320} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={retry} />
      ) : trend == null || forecast == null || answer === null ? null : states.every((state) => state === 'WAITING') ? (
        <EmptyState title={t('waiting.title')} hint={t(isAllowed ? 'waiting.hint' : 'waiting.nightly')} />
      ) : states.every((state) => state === 'NOT_ENOUGH_HISTORY') ? (
        <EmptyState title={t('short.title')} hint={t('short.hint')} />
      ) : (
        <>
          <TrendWords trend={trend} kind={variable} span={span} />
          <OutlookChart
            point={point}
            kind={variable}
            unit={forecast.unit}
            points={points}
            forecastFromMs={forecast.points[0] === undefined ? null : Date.parse(forecast.points[0].at)}
            stepMs={stepMs}
          />
          <div className={classes.words}>
            <div>
              <ForecastWords forecast={forecast} />
              {variable === 'TOTAL' ? <WaterRightWords outlook={answer.waterRightOutlook} /> : null}
            </div>
            <AnomalyList anomalies={answer.anomalies} />
          </div>
        </>
      )}
    </Panel>
  );
}

function Chips<Value extends string>({
  label,
  values,
  chosen,
  onChoose,
  nameOf,
}: {
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
  readonly nameOf: (value: Value) => string;
}) {
  return (
    <fieldset className={pointClasses.chips} aria-label={label}>
      {values.map((value) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {nameOf(value)}
        </button>
      ))}
    </fieldset>
  );
}
