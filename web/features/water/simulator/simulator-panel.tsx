'use client';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  LatestMeasurementsChangedDocument,
  PointLatestFragmentDoc,
  SetWaterScenarioDocument,
  type SimulatorScenario,
  StartWaterSimulatorDocument,
  StopWaterSimulatorDocument,
  WaterSimulatorDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Measured } from '../measured.tsx';
import { PointAge } from '../point-age.tsx';
import { newestAt } from '../point-state.ts';
import classes from './simulator.module.css';

const scenarios = [
  'STEADY',
  'OUTAGE',
  'LATE_BURST',
  'DUPLICATES',
  'OUT_OF_ORDER',
  'COUNTER_RESET',
  'DRIFT',
  'BAD_CLOCK',
] as const satisfies readonly SimulatorScenario[];

const noVariables = {};
const firstReadingsMs = 1_500;

/** The demo's devices: whether they speak, how each misbehaves, and what they say as it comes in. */
export function SimulatorPanel() {
  const t = useTranslations('water.simulator');
  const isAllowed = useCan()('telemetry:write');
  const { act, isBusy, refusal } = useAct();
  const { data, isLoading, failed, retry } = useGraph(WaterSimulatorDocument, noVariables);
  const simulator = data?.simulator ?? null;
  const devices = simulator?.devices ?? [];
  const ids = devices.map(({ point }) => point.id).join(' ');
  const variables = useMemo(() => ({ pointIds: ids.split(' ') }), [ids]);
  useLive(LatestMeasurementsChangedDocument, variables, { pause: ids === '' });
  const turn = async () => {
    const done =
      simulator?.isRunning === true
        ? await act(StopWaterSimulatorDocument, noVariables)
        : await act(StartWaterSimulatorDocument, noVariables);
    if (done === null) return;
    retry();
    // The first readings come while nobody listens yet.
    setTimeout(retry, firstReadingsMs);
  };
  const choose = async (pointId: string, scenario: SimulatorScenario) => {
    if ((await act(SetWaterScenarioDocument, { input: { pointId, scenario } })) !== null) retry();
  };
  return (
    <Panel
      title={t('title')}
      aside={<LiveNote />}
      actions={
        simulator === null ? null : (
          <StateTag tone={simulator.isRunning ? 'ok' : 'neutral'}>
            {t(simulator.isRunning ? 'running' : 'stopped')}
          </StateTag>
        )
      }
    >
      {isLoading ? (
        <SkeletonRows count={6} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : simulator === null ? (
        <EmptyState title={t('none.title')} hint={t('none.hint')} />
      ) : (
        <>
          <div className={classes.head}>
            <p>{t('about')}</p>
            {isAllowed ? (
              <Button
                look={simulator.isRunning ? 'plain' : 'primary'}
                isBusy={isBusy}
                icon={
                  simulator.isRunning ? (
                    <IconPlayerStop size={16} aria-hidden="true" />
                  ) : (
                    <IconPlayerPlay size={16} aria-hidden="true" />
                  )
                }
                onClick={turn}
              >
                {t(simulator.isRunning ? 'stop' : 'start')}
              </Button>
            ) : null}
          </div>
          <RefusalNote refusal={refusal} />
          {devices.length === 0 ? (
            <EmptyState title={t('silent.title')} hint={t('silent.hint')} />
          ) : (
            <ul className={classes.devices}>
              {devices.map(({ scenario, point }) => {
                const { latest } = readFragment(PointLatestFragmentDoc, point);
                return (
                  <li key={point.id}>
                    <span className={classes.name}>
                      <strong>{point.name}</strong>
                      <small>{point.code}</small>
                    </span>
                    <span className={classes.value}>
                      <Measured latest={latest} name="flow" />
                    </span>
                    <span className={classes.value}>
                      <Measured latest={latest} name="level" />
                    </span>
                    <span className={classes.age}>
                      <PointAge at={newestAt(latest)} />
                    </span>
                    <span className={classes.scenario}>
                      <select
                        aria-label={t('scenarioOf', { name: point.name })}
                        value={scenario}
                        disabled={!isAllowed || isBusy}
                        onChange={(event) => {
                          const chosen = scenarios.find((one) => one === event.currentTarget.value);
                          if (chosen !== undefined) void choose(point.id, chosen);
                        }}
                      >
                        {scenarios.map((one) => (
                          <option key={one} value={one}>
                            {t(`scenarios.${one}.name`)}
                          </option>
                        ))}
                      </select>
                      <small>{t(`scenarios.${scenario}.about`)}</small>
                    </span>
                  </li>
                );
              })}
            </ul>
          )}
        </>
      )}
    </Panel>
  );
}
