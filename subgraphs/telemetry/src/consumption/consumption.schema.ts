import type { CounterStepKind } from '../counter/counter-step.ts';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { Consumption, ConsumptionPart, ConsumptionStep } from './consumption.store.ts';

const kinds = [
  'FIRST',
  'NORMAL',
  'ROLLOVER',
  'RESET',
  'REPLACED',
  'JUMP',
  'DECREASE',
  'SPIKE',
  'UNCONFIRMED',
] as const satisfies readonly CounterStepKind[];

/** Adds `CatchmentPoint.consumption`: what a counter counted in a period, and why it is that much. */
export function addConsumption(builder: TelemetryBuilder, { point, dateRange }: TelemetryRefs): void {
  const kind = builder.enumType('CounterStepKind', {
    description:
      'What happened between a counter’s reading and the one before. FIRST: nothing is known before. ROLLOVER: through the last digit. RESET: began again from zero. REPLACED: another meter. JUMP: further than can flow, and confirmed. DECREASE: set back. SPIKE and UNCONFIRMED are held and count nowhere.',
    values: kinds,
  });
  const part = builder.objectRef<ConsumptionPart>('ConsumptionPart').implement({
    description: 'What the readings of one kind add up to.',
    fields: (t) => ({
      kind: t.expose('kind', { type: kind, description: 'The kind.' }),
      readings: t.exposeInt('readings', { description: 'How many there are.' }),
      volumeM3: t.expose('volumeM3', { type: 'Decimal', description: 'What they added, m3, exact.' }),
    }),
  });
  const step = builder.objectRef<ConsumptionStep>('ConsumptionStep').implement({
    description: 'A reading of a counter that is not plain.',
    fields: (t) => ({
      kind: t.expose('kind', { type: kind, description: 'What happened.' }),
      at: t.expose('at', { type: 'DateTime', description: 'When it was read.' }),
      standM3: t.exposeFloat('standM3', { description: 'Where the counter stood, m3.' }),
      volumeM3: t.expose('volumeM3', {
        type: 'Decimal',
        nullable: true,
        description: 'What it added, m3, exact; null for the first reading and for one that is held.',
      }),
      since: t.expose('since', { type: 'DateTime', nullable: true, description: 'The believed reading before it.' }),
      sinceM3: t.exposeFloat('sinceM3', { nullable: true, description: 'Where the counter stood then, m3.' }),
    }),
  });
  const consumption = builder.objectRef<Consumption>('Consumption').implement({
    description:
      'What a counter counted in a period, and of what it is made. A reading belongs to the period it closes.',
    fields: (t) => ({
      from: t.expose('from', { type: 'DateTime', description: 'First instant, not included.' }),
      to: t.expose('to', { type: 'DateTime', description: 'End, included.' }),
      volumeM3: t.expose('volumeM3', { type: 'Decimal', description: 'What flowed, m3: the sum of the parts, exact.' }),
      opensM3: t.exposeFloat('opensM3', {
        nullable: true,
        description: 'Where the counter stood last when the period began, m3; null before the first reading.',
      }),
      closesM3: t.exposeFloat('closesM3', {
        nullable: true,
        description: 'Where it stood last when it ended, m3. Where all steps are NORMAL, the volume is the difference.',
      }),
      parts: t.field({ type: [part], description: 'By kind.', resolve: ({ parts }) => [...parts] }),
      steps: t.field({
        type: [step],
        description: 'Readings that are not plain, newest first, 200 at most.',
        resolve: ({ steps }) => [...steps],
      }),
    }),
  });
  builder.objectField(point, 'consumption', (t) =>
    t.field({
      type: consumption,
      nullable: true,
      description: 'What its counter counted, and the readings that need a word: resets, meters, spikes.',
      args: { range: t.arg({ type: dateRange, description: 'Days in the point’s zone.' }) },
      resolve: (self, { range }, { services }) => services.consumption(self, range),
    }),
  );
}
