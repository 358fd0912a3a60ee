'use client';
import { useTranslations } from 'next-intl';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import type { PointRunFragment } from '../../../graphql/generated/graphql.ts';
import { PointTallyFragmentDoc } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { kindDigits } from './kinds.ts';
import classes from './point.module.css';

/** What was there before a run and what came, or would come, of it, quantity by quantity. */
export function ReprocessRun({ run }: { readonly run: PointRunFragment }) {
  const t = useTranslations('water.point.reprocess');
  const kindName = useTranslations('water.rules.variables');
  const format = useFormat();
  return (
    <div className={classes.scroll}>
      <table className={classes.parts}>
        <caption className={classes.hidden}>{t('result')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('variable')}</th>
            <th scope="col">{t('changed')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('was')}</th>
            <th scope="col">{t('becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {run.changes.flatMap((change) => {
            const before = readFragment(PointTallyFragmentDoc, change.before);
            const after = readFragment(PointTallyFragmentDoc, change.after);
            const isAmount = change.variable === 'TOTAL';
            const main = (tally: typeof before) =>
              isAmount
                ? format.quantity(tally.volumeM3, 'm³', { digits: 1 })
                : format.number(tally.mean, { digits: kindDigits[change.variable] + 1 });
            const lines = [
              [isAmount ? t('volume') : t('mean'), main(before), main(after)],
              [t('held'), format.number(before.held), format.number(after.held)],
              [t('suspect'), format.number(before.suspect), format.number(after.suspect)],
            ] as const;
            return lines
              .filter(([, was, becomes], index) => index === 0 || was !== becomes)
              .map(([what, was, becomes], index) => (
                <tr key={`${change.variable} ${what}`}>
                  <th scope="row">{index === 0 ? kindName(change.variable) : ''}</th>
                  <td>{index === 0 ? format.number(change.changed) : ''}</td>
                  <td>{what}</td>
                  <td>{was}</td>
                  <td data-changed={was !== becomes}>{becomes}</td>
                </tr>
              ));
          })}
        </tbody>
      </table>
    </div>
  );
}
