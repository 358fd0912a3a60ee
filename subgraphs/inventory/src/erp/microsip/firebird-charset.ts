export const firebirdCharsets = ['WIN1252', 'ISO8859_1', 'NONE', 'UTF8'] as const;
export type FirebirdCharset = (typeof firebirdCharsets)[number];

export function isFirebirdCharset(name: string): name is FirebirdCharset {
  return firebirdCharsets.some((charset) => charset === name);
}
