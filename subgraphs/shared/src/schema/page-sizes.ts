import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { defaultPageSize } from './keyset.ts';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      pageSizes: PageSizesPlugin<Types>;
    }
  }
}

/**
 * Says of every field that takes a page how large its list can get (`@listSize`), so that the gateway can tell what an
 * operation may cost. Listed last, because plugins see a field from the last to the first: federation's prints it.
 */
class PageSizesPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (!('first' in field.args)) return field;
    const listSize = {
      assumedSize: defaultPageSize,
      slicingArguments: ['first', 'last'].filter((name) => name in field.args),
      // A connection's edges; otherwise the field is the list itself.
      ...(field.type.kind === 'List' ? {} : { sizedFields: ['edges'] }),
      requireOneSlicingArgument: false,
    };
    // Options are typed by the kind of field, and this is right for every kind that has a page.
    const pothosOptions = { listSize, ...field.pothosOptions };
    return Object.assign({}, field, { pothosOptions });
  }
}

// Pothos knows plugins by name, from a register of its own.
export const pageSizesPlugin = 'pageSizes';
SchemaBuilder.registerPlugin(pageSizesPlugin, PageSizesPlugin);
