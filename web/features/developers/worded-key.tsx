'use client';
import { useMessages } from 'next-intl';

/** What a name of the graph means, in the reader's language: a permission, a topic, an error. The name itself for new ones. */
export function WordedKey({
  of,
  name,
  otherwise = name,
}: {
  readonly of: 'permissions' | 'topics';
  readonly name: string;
  readonly otherwise?: string;
}) {
  const { developers } = useMessages();
  const words: Readonly<Record<string, string>> = developers[of];
  return <>{words[name.replaceAll(/[.:-]/g, '_')] ?? otherwise}</>;
}
