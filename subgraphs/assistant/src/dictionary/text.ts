/** The same sentence in both languages. */
export interface Text {
  readonly es: string;
  readonly en: string;
}

export const text = (es: string, en: string): Text => ({ es, en });
