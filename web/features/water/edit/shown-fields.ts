import type { PointField, PointFields } from './point-fields.ts';

/** What every part of the form is given. */
export interface FieldsProps {
  readonly fields: PointFields;
  /** What is wrong with a field of the input. */
  readonly wrong: (path: string) => string | undefined;
  /** What somebody else made of the field meanwhile, where that is not what stands in it. */
  readonly hint: (field: PointField) => string | undefined;
  readonly onChange: (part: Partial<PointFields>) => void;
}
