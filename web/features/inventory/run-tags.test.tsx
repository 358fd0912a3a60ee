import { createTranslator, NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import es from '../../messages/es.json' with { type: 'json' };
import { RunTag } from './forecasts/run-tag.tsx';
import { SyncRunTag } from './sync/sync-run-tag.tsx';

const written = (node: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="es" messages={es} timeZone="UTC">
      {node}
    </NextIntlClientProvider>,
  ).replace(/<[^>]*>/g, '');

describe('how a run stands', () => {
  it('is never just done where something was left undone', () => {
    expect(written(<RunTag run={{ status: 'COMPLETED', failed: 2 }} />)).toBe('2 sin resultado');
    expect(written(<RunTag run={{ status: 'COMPLETED', failed: 0 }} />)).toBe('Listo');
    expect(written(<SyncRunTag run={{ status: 'COMPLETED', recordsFailed: 1 }} />)).toBe('1 fila falló');
    expect(written(<SyncRunTag run={{ status: 'COMPLETED', recordsFailed: 0 }} />)).toBe('Completa');
    // What failed as a whole says that first.
    expect(written(<SyncRunTag run={{ status: 'FAILED', recordsFailed: 9 }} />)).toBe('Falló');
  });

  it('counts one as one', () => {
    const t = createTranslator({ locale: 'es', messages: es, namespace: 'inventory.erp' });
    expect(t('changes.created', { count: 1, written: '1' })).toBe('1 nueva');
    expect(t('changes.updated', { count: 29, written: '29' })).toBe('29 cambiadas');
    expect(t('rowsOf', { done: '0', total: 1, written: '1' })).toBe('0 de 1 fila');
    expect(t('mapping.found', { tables: 1, views: 2, charset: 'UTF8' })).toBe('1 tabla · 2 vistas · UTF8');
  });
});
