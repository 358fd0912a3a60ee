import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { dark, light, paletteVariables } from './palette.ts';

const brand: MantineColorsTuple = [
  '#eef7f5',
  light.brandTint,
  '#c2e1dc',
  '#9dd0c8',
  '#6dbcb0',
  dark.brand,
  light.brand,
  '#14665c',
  '#10524a',
  '#0b3d37',
];

/** Mantine's own dark shades, replaced by the app's surfaces: index 0 is the ink, 7 the ground. */
const darkShades: MantineColorsTuple = [
  dark.ink,
  '#c4ccc8',
  dark.muted,
  dark.faint,
  dark.lineStrong,
  dark.line,
  dark.panel,
  dark.ground,
  '#0c100f',
  '#080b0a',
];

const grayShades: MantineColorsTuple = [
  light.ground,
  light.neutralTint,
  light.line,
  light.lineStrong,
  '#b9b6ad',
  light.faint,
  light.muted,
  '#525855',
  '#363c39',
  light.ink,
];

/** The one theme. Components read the colours as CSS variables (`--ink`, `--line`, `--brand-tint`, …). */
export const theme = createTheme({
  colors: { brand, dark: darkShades, gray: grayShades },
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 5 },
  black: light.ink,
  fontFamily: 'var(--font-inter), system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  fontSizes: { xs: '12px', sm: '13.5px', md: '13.5px', lg: '15px', xl: '19px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.5', xl: '1.3' },
  radius: { xs: '4px', sm: '7px', md: '7px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  shadows: { xs: 'none', sm: 'none', md: 'var(--float-shadow)', lg: 'var(--float-shadow)', xl: 'var(--float-shadow)' },
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  components: {
    Popover: { defaultProps: { radius: 10, shadow: 'md', transitionProps: { duration: 90 } } },
    Menu: { defaultProps: { radius: 10, shadow: 'md', transitionProps: { duration: 90 } } },
    Modal: { defaultProps: { radius: 10, transitionProps: { duration: 110 } } },
    TextInput: { defaultProps: { size: 'sm' } },
  },
});

/** Gives both colour schemes the app's palette and points Mantine's own variables at it. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: { '--radius': '10px', '--radius-inside': '7px' },
  light: { ...paletteVariables(light), ...mantine, '--float-shadow': '0 8px 28px rgb(29 36 34 / 10%)' },
  dark: { ...paletteVariables(dark), ...mantine, '--float-shadow': '0 8px 28px rgb(0 0 0 / 45%)' },
});

const mantine = {
  '--mantine-color-body': 'var(--raised)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--neutral-tint)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-error': 'var(--fault-ink)',
  '--mantine-color-brand-filled': 'var(--brand)',
  '--mantine-primary-color-contrast': 'var(--on-brand)',
};
