import { useState } from 'react';

/** The fields of a form, as they were read once, and what changes some of them. */
export function useFields<Fields extends object>(
  first: Fields | (() => Fields),
): readonly [Fields, (part: Partial<Fields>) => void] {
  const [fields, setFields] = useState<Fields>(first);
  return [fields, (part) => setFields((now) => ({ ...now, ...part }))];
}
