'use client';
import { useEffect, useState } from 'react';

export interface DocField {
  /** With its arguments: `products(first: Int)`. */
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly deprecated?: string;
}
export interface DocType {
  readonly name: string;
  readonly kind: 'type' | 'input' | 'interface' | 'union' | 'enum' | 'scalar';
  readonly description: string;
  readonly fields: readonly DocField[];
}
export interface DeveloperDocs {
  readonly types: readonly DocType[];
  readonly samples: Readonly<Record<string, string>>;
  readonly changelog: readonly { readonly date: string; readonly lines: readonly string[] }[];
}

let loading: Promise<DeveloperDocs | null> | null = null;

/** What the repository says to developers: loaded once, when somebody first looks. Null while it is on its way. */
export function useDeveloperDocs(): DeveloperDocs | null {
  const [docs, setDocs] = useState<DeveloperDocs | null>(null);
  useEffect(() => {
    let isHere = true;
    loading ??= loadDocs();
    void loading.then((loaded) => {
      if (isHere) setDocs(loaded);
    });
    return () => {
      isHere = false;
    };
  }, []);
  return docs;
}

async function loadDocs(): Promise<DeveloperDocs | null> {
  try {
    const response = await fetch('/developer-docs.json');
    if (response.ok) return await response.json();
  } catch {
    // Offline: the next visit asks again.
  }
  loading = null;
  return null;
}
