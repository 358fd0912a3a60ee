'use client';
import { useTranslations } from 'next-intl';
import type { ForecastRunFactsFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import classes from './forecasts.module.css';

/** Which methods make how many forecasts, the most frequent first, each beside the others as long as it is frequent. */
export function ChosenMethods({ chosen }: { readonly chosen: ForecastRunFactsFragment['chosen'] }) {
  const t = useTranslations('inventory.forecasts.methods');
  const format = useFormat();
  const all = chosen.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...chosen.map(({ count }) => count));
  return (
    <ul className={classes.methods} aria-label={t('title')}>
      {chosen.map(({ method, methodName, count }) => (
        <li key={method}>
          <span className={classes.method}>{methodName[format.language]}</span>
          <span className={classes.bar} aria-hidden="true">
            <span style={{ inlineSize: `${(100 * count) / most}%` }} />
          </span>
          <span className={classes.count}>
            {format.number(count)} <small>{format.percent((100 * count) / all, { digits: 0 })}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}
