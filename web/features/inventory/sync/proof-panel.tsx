'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type ErpSetupFragment,
  type ErpStockProofFragment,
  ErpStockProofFragmentDoc,
  ProveStockDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';

/** The worst come first; who wants more asks for it. */
const firstShown = 12;
const moreShown = 50;

type Divergence = ErpStockProofFragment['divergences'][number];

/** The ERP's balances held against its own documents and against our copy, with the first document where they part. */
export function ProofPanel({ erp, onChanged }: { readonly erp: ErpSetupFragment; readonly onChanged: () => void }) {
  const t = useTranslations('inventory.erp.proof');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const [shown, setShown] = useState(firstShown);
  const proof = readFragment(ErpStockProofFragmentDoc, erp.stockProof);
  const prove = async () => {
    if ((await act(ProveStockDocument, { id: erp.id })) !== null) onChanged();
  };
  const units = (value: string) => format.number(value, { digits: 2 });
  return (
    <>
      {proof == null ? null : (
        <StatRow label={t('title')}>
          <Stat
            label={t('diverging')}
            value={format.number(proof.diverging)}
            comparison={{
              text: t('ofLevels', { count: proof.compared, total: format.number(proof.compared) }),
              tone: proof.diverging === 0 ? 'good' : 'attention',
            }}
          />
          <Stat
            label={t('balances')}
            value={units(proof.balanceSum)}
            unit={t('units', { count: Number(proof.balanceSum) })}
          />
          <Stat
            label={t('movements')}
            value={units(proof.movementSum)}
            unit={t('units', { count: Number(proof.movementSum) })}
          />
          <Stat
            label={t('ours')}
            value={units(proof.ourSum)}
            unit={t('units', { count: Number(proof.ourSum) })}
            comparison={
              Number(proof.ourSum) === Number(proof.balanceSum)
                ? { text: t('same'), tone: 'good' }
                : {
                    text: units(String(Number(proof.ourSum) - Number(proof.balanceSum))),
                    note: t('apart'),
                    tone: 'bad',
                  }
            }
          />
        </StatRow>
      )}
      <Panel
        title={t('title')}
        aside={proof == null ? undefined : t('at', { at: format.instant(proof.provedAt) })}
        actions={
          <Button size="small" look="primary" isBusy={isBusy} onClick={prove}>
            {t(isBusy ? 'proving' : 'prove')}
          </Button>
        }
      >
        <SyncRefusal refusal={refusal} />
        {proof == null ? (
          <EmptyState title={t('none.title')} hint={t('none.hint')} />
        ) : proof.divergences.length === 0 ? (
          <EmptyState title={t('well.title')} hint={t('well.hint')} />
        ) : (
          <>
            <ul className={classes.divergences}>
              {proof.divergences.slice(0, shown).map((one) => (
                <ProvedLevel key={`${one.article}:${one.warehouse}`} one={one} />
              ))}
            </ul>
            {shown < proof.divergences.length ? (
              <Button size="small" onClick={() => setShown(shown + moreShown)}>
                {t('more', { left: format.number(proof.divergences.length - shown) })}
              </Button>
            ) : null}
          </>
        )}
      </Panel>
    </>
  );
}

function ProvedLevel({ one }: { readonly one: Divergence }) {
  const t = useTranslations('inventory.erp.proof');
  const format = useFormat();
  const units = (value: string) => format.number(value, { digits: 2 });
  const { document } = one;
  return (
    <li>
      <span className={classes.article}>
        <strong>{one.name ?? t('article', { key: one.article })}</strong>
        <small>{[one.sku, one.warehouseName ?? one.warehouse].filter(Boolean).join(' · ')}</small>
      </span>
      <dl>
        <div>
          <dt>{t('balances')}</dt>
          <dd>{units(one.balance)}</dd>
        </div>
        <div>
          <dt>{t('movements')}</dt>
          <dd>{units(one.moved)}</dd>
        </div>
        <div>
          <dt>{t('ours')}</dt>
          <dd>{one.ours === null ? '–' : units(one.ours)}</dd>
        </div>
      </dl>
      <p className={classes.quiet}>
        {t('partsIn', {
          month: format.month(`${one.month}-01`),
          balance: units(one.monthBalance),
          moved: units(one.monthMoved),
        })}{' '}
        {document === null
          ? t('noDocument')
          : t(one.isExact ? 'exactDocument' : 'firstDocument', {
              folio: document.folio ?? document.key,
              day: format.day(document.on, true),
              units: units(document.units),
            })}
      </p>
    </li>
  );
}
