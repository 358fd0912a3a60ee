import type messages from '../messages/es.json';

// Makes a key that Spanish does not have a type error.
declare module 'next-intl' {
  interface AppConfig {
    Locale: 'es' | 'en';
    Messages: typeof messages;
  }
}
