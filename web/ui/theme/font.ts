import localFont from 'next/font/local';

/** Inter from its npm package, served by this app; the fallback is sized like it, so that nothing jumps. */
export const inter = localFont({
  src: '../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--font-inter',
  adjustFontFallback: 'Arial',
});
