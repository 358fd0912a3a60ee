import { type FieldFailure, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { kindOf } from '../reading/find-table.ts';
import type { ImportField, ImportKind } from '../reading/headings.ts';
import type { MappedHeading } from './learned-columns.store.ts';
import type { SpreadsheetImport } from './spreadsheet-import.ts';

interface MeantColumn {
  readonly letter: string;
  readonly field?: ImportField | null | undefined;
}

/**
 * The line of headings of a file with what a person says that each means; those they leave out mean nothing.
 * @throws ValidationFailed
 */
export function mappedLine(
  { headings }: Pick<SpreadsheetImport, 'headings'>,
  columns: readonly MeantColumn[],
): { readonly kind: ImportKind; readonly line: MappedHeading[] } {
  const failures: FieldFailure[] = [];
  const meant = new Map<string, ImportField>();
  const taken = new Map<ImportField, string>();
  columns.forEach(({ letter, field = null }, index) => {
    const heading = headings.find((one) => one.letter === letter);
    if (heading === undefined) {
      failures.push(failure(`columns.${index}.letter`, 'UNKNOWN_COLUMN', `There is no column ${letter}`));
    }
    if (field === null) return;
    if (taken.has(field)) failures.push(failure(`columns.${index}.field`, 'TWICE', `${field} is said of two columns`));
    taken.set(field, heading?.heading ?? '');
    meant.set(letter, field);
  });
  if (!taken.has('sku')) failures.push(failure('columns', 'NO_CODE', 'One column must be the code'));
  if (!taken.has('quantity') && !taken.has('minimum')) {
    failures.push(failure('columns', 'NO_QUANTITY', 'One column must be the quantity, or the minimum'));
  }
  const kind = kindOf(taken, { isSaid: true });
  if (failures.length > 0 || kind === null) throw new ValidationFailed(failures);
  return { kind, line: headings.map(({ letter, heading }) => ({ heading, field: meant.get(letter) ?? null })) };
}

const failure = (path: string, code: string, message: string): FieldFailure => ({ path, code, message });
