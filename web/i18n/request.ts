import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing } from './routing.ts';

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const { default: messages } =
    locale === 'en' ? await import('../messages/en.json') : await import('../messages/es.json');
  return { locale, messages, timeZone: 'UTC' };
});
