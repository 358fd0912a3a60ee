import { z } from 'zod';
import { erpEntities } from './erp-entity.ts';
import { firebirdCharsets } from './microsip/firebird-charset.ts';

/** Unquoted names are kept in upper case by the server. */
const name = z.string().regex(/^[A-Z][A-Z0-9_$]{0,62}$/, 'must be the name of a table, view or column, in upper case');

const entityMapping = z.discriminatedUnion('from', [
  /** The ERP's own tables. */
  z.strictObject({ from: z.literal('TABLES') }),
  /** A view of the company's own, column by column of ours. */
  z.strictObject({ from: z.literal('VIEW'), relation: name, columns: z.record(z.string().max(40), name) }),
  z.strictObject({ from: z.literal('NOTHING') }),
]);

/** Where an installation keeps what we copy; proposed by the audit, confirmed by a person. */
export const erpMappingSchema = z.strictObject({
  charset: z.enum(firebirdCharsets),
  /** Which of an article's keys is its code. */
  keyRoleId: z.int().nullable(),
  priceListId: z.int().nullable(),
  /** Documents of these branches only; none: of all. */
  branchIds: z.array(z.int()).max(500).default([]),
  entities: z.partialRecord(z.enum(erpEntities), entityMapping),
});

export type ErpMapping = z.output<typeof erpMappingSchema>;
export type EntityMapping = z.output<typeof entityMapping>;
export type ViewMapping = Extract<EntityMapping, { from: 'VIEW' }>;
