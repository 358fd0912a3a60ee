/** The one call of the WebAssembly API that is used here; it belongs to TypeScript's DOM library, which servers leave out. */
declare namespace WebAssembly {
  function instantiate(
    binary: Uint8Array,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>;
}
