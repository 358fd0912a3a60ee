/** What is held of the objects at one place of an answer: by the type that they may be of, by name. */
export type Held = Map<string, HeldFields>;

/** Null for a leaf. */
export type HeldFields = Map<string, Held | null>;

/** The fields of one type at a place; of a type that is new there, none yet. */
export function fieldsAt(held: Held, typeName: string): HeldFields {
  const fields = held.get(typeName) ?? new Map<string, Held | null>();
  held.set(typeName, fields);
  return fields;
}

export function copyOf(held: Held): Held {
  return new Map(
    [...held].map(([typeName, fields]) => [
      typeName,
      new Map([...fields].map(([name, inner]) => [name, inner === null ? null : copyOf(inner)])),
    ]),
  );
}

/** Adds to one place what is held at another. */
export function addTo(held: Held, more: Held): void {
  for (const [typeName, fields] of more) addFields(fieldsAt(held, typeName), fields);
}

export function addFields(fields: HeldFields, more: HeldFields): void {
  for (const [name, inner] of more) {
    const known = fields.get(name);
    if (inner === null || known === undefined || known === null)
      fields.set(name, inner === null ? null : copyOf(inner));
    else addTo(known, inner);
  }
}
