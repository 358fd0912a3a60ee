'use client';
import { useElementSize } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { axisWidth, rightPad } from '../../../ui/charts/time-chart-look.ts';
import type { TimeWindow } from '../../../ui/charts/time-window.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import shared from './point.module.css';
import classes from './point-chart.module.css';
import { groupMarks, type MarkGroup, type PointMark, worstMark } from './point-marks.ts';

/** Nearer than this, px, a finger meets both. */
const nearPx = 26;

/** What happened, on the axis of the charts above it; one that is pressed is told in words. */
export function ChartMarks({
  marks,
  window,
  onNear,
}: {
  readonly marks: readonly PointMark[];
  readonly window: TimeWindow;
  /** Shows the time around a mark. */
  readonly onNear: (atMs: number) => void;
}) {
  const t = useTranslations('water.point.marks');
  const format = useFormat();
  const [chosen, setChosen] = useState<string | null>(null);
  const lane = useElementSize<HTMLDivElement>();
  const groups = groupMarks(marks, window, nearPx / Math.max(1, lane.width));
  const span = window.toMs - window.fromMs;
  const open = groups.find((group) => keyOf(group) === chosen);
  const place = (ms: number) => `${(Math.min(1, Math.max(0, (ms - window.fromMs) / span)) * 100).toFixed(3)}%`;
  const lasting = marks.filter(
    ({ kind, atMs, untilMs }) => kind === 'alert' && atMs < window.toMs && (untilMs ?? Date.now()) > window.fromMs,
  );
  return (
    <div className={classes.marks}>
      <div ref={lane.ref} className={classes.lane} style={{ marginLeft: axisWidth, marginRight: rightPad }}>
        {lasting.map(({ id, atMs, untilMs, severity }) => (
          <span
            key={id}
            className={classes.episode}
            data-severity={severity}
            style={{ left: place(atMs), right: `calc(100% - ${place(untilMs ?? Date.now())})` }}
            aria-hidden="true"
          />
        ))}
        {groups.map((group) => {
          const worst = worstMark(group);
          const name = group.marks.map(({ title }) => title).join(', ');
          return worst === undefined ? null : (
            <button
              key={keyOf(group)}
              type="button"
              className={classes.mark}
              data-kind={worst.kind}
              data-severity={worst.severity}
              style={{ left: place(group.atMs) }}
              aria-pressed={keyOf(group) === chosen}
              aria-label={`${name}, ${format.instant(group.atMs)}`}
              title={name}
              onClick={() => setChosen(keyOf(group) === chosen ? null : keyOf(group))}
            >
              {group.marks.length > 1 ? (
                <span className={classes.count}>{group.marks.length}</span>
              ) : (
                <MarkShape kind={worst.kind} />
              )}
            </button>
          );
        })}
        {marks.length > 0 && groups.length === 0 && lasting.length === 0 ? (
          <span className={classes.laneNote}>{t('none')}</span>
        ) : null}
      </div>
      <div aria-live="polite">
        {open === undefined ? null : (
          <ul className={classes.told}>
            {open.marks.map((mark) => (
              <li key={mark.id}>
                <span>
                  <strong>{mark.title}</strong> <span className={shared.quiet}>{format.instant(mark.atMs)}</span>
                  <br />
                  {mark.text}
                </span>
                <Button size="small" onClick={() => onNear(mark.atMs)}>
                  {t('near')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** A triangle warns, a diamond is the counter’s, a square the meter’s. */
function MarkShape({ kind }: { readonly kind: PointMark['kind'] }) {
  const path = { alert: 'M6 1 11.5 11H.5z', counter: 'M6 .5 11.5 6 6 11.5.5 6z', meter: 'M1.5 1.5h9v9h-9z' }[kind];
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

function keyOf({ marks }: MarkGroup): string {
  return marks.map(({ id }) => id).join(' ');
}
