import { defineRouting } from 'next-intl/routing';

/** Spanish first; every address names its language. */
export const routing = defineRouting({
  locales: ['es', 'en'],
  defaultLocale: 'es',
  localePrefix: 'always',
  alternateLinks: false,
});
