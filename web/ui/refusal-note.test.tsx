import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import es from '../messages/es.json' with { type: 'json' };
import { RefusalNote } from './refusal-note.tsx';

const message = 'The flux capacitor is not charged';
const written = (locale: 'es' | 'en', code: string) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === 'es' ? es : en} timeZone="UTC">
      <RefusalNote refusal={{ code, message, fields: [] }} />
    </NextIntlClientProvider>,
  );

describe('why something was not done', () => {
  it('is never told in English to who reads Spanish, whatever the code, and an unknown code can be passed on', () => {
    for (const code of ['NOBODY_WORDED_THIS', 'VALIDATION_FAILED', 'CONFLICT', 'INTERNAL', 'TIMEOUT']) {
      expect(written('es', code)).not.toContain(message);
    }
    expect(written('es', 'NOBODY_WORDED_THIS')).toContain('NOBODY_WORDED_THIS');
  });

  it('is told in full to who reads English', () => {
    expect(written('en', 'NOBODY_WORDED_THIS')).toContain(message);
  });
});
