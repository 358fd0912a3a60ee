'use client';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { resolveVariables, theme } from './theme.ts';

/** The theme in the colour scheme of the system, or the one the reader chose on this machine. */
export function ThemeProvider({ nonce, children }: { readonly nonce: string; readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
      withStaticClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
