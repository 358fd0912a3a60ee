import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../../refs.ts';
import type { InventoryBuilder } from '../../services.ts';
import { importFields } from '../reading/headings.ts';
import type { RowProblem } from '../reading/problem.ts';
import { fileProblemWords } from './file-problem-words.ts';
import { problemWords } from './problem-words.ts';
import { refusedRowsLanguages } from './refused-rows-file.ts';
import {
  type ImportHeading,
  type ImportRow,
  importRowStatuses,
  importStatuses,
  type SpreadsheetImport,
} from './spreadsheet-import.ts';

const read = { permission: 'inventory:read' } as const;
const write = { permission: 'inventory:write' } as const;

/** Adds spreadsheets on their way in: upload, preview, commit, undo, and the rows that were refused. */
export function addImports(builder: InventoryBuilder, { text, company, site }: InventoryRefs): void {
  const kind = builder.enumType('SpreadsheetKind', {
    description: 'What a file holds.',
    values: ['STOCK', 'SALES'] as const,
  });
  const status = builder.enumType('SpreadsheetImportStatus', {
    description: 'How far an import is. Nothing is written before COMMITTING, and all at once then.',
    values: importStatuses,
  });
  const language = builder.enumType('Language', {
    description: 'ISO 639-1 language.',
    values: refusedRowsLanguages,
  });
  const rowStatus = builder.enumType('ImportRowStatus', {
    description:
      'What will become of a row, and became after the commit; QUARANTINED is refused, SKIPPED changes nothing.',
    values: importRowStatuses,
  });
  const field = builder.enumType('ImportField', {
    description: 'What a column of a spreadsheet can mean.',
    values: importFields,
  });
  const problem = builder.objectRef<RowProblem>('ImportProblem').implement({
    description: 'Why a row is refused, at the cell that says so.',
    fields: (t) => ({
      column: t.exposeString('column', {
        nullable: true,
        description: 'Letters of the column; null when the file has none.',
      }),
      heading: t.exposeString('heading', { description: 'Heading of the column in the file.' }),
      code: t.exposeString('code', { description: 'A stable reason, such as `NOT_A_NUMBER`.' }),
      value: t.exposeString('value', { description: 'What stands there, at most 100 characters.' }),
      message: t.field({ type: text, description: 'What stands there and what was expected.', resolve: problemWords }),
    }),
  });
  const row = builder.objectRef<ImportRow>('ImportRow').implement({
    description: 'One row of a file.',
    fields: (t) => ({
      row: t.exposeInt('row', { description: 'Position among the rows of all sheets, from 1.' }),
      sheet: t.exposeString('sheet', { description: 'The sheet.' }),
      line: t.exposeInt('line', { description: 'Number of the line in the sheet, from 1.' }),
      status: t.expose('status', { type: rowStatus, description: 'What will become of it, or became.' }),
      sku: t.exposeString('sku', {
        nullable: true,
        description: 'Code of the product; null in a row that cannot be read.',
      }),
      name: t.exposeString('name', { nullable: true, description: 'Name of the product, where the file has it.' }),
      quantity: t.expose('quantity', { type: 'Decimal', nullable: true, description: "Units, in the product's unit." }),
      previousQuantity: t.expose('previousQuantity', {
        type: 'Decimal',
        nullable: true,
        description: 'Stock before, of a row that changes it.',
      }),
      warehouse: t.exposeString('warehouse', { nullable: true, description: 'Warehouse or branch, as the file says.' }),
      date: t.expose('date', { type: 'Date', nullable: true, description: 'Day of a sale.' }),
      folio: t.exposeString('folio', { nullable: true, description: 'Number of the document of a sale.' }),
      cells: t.exposeStringList('cells', { description: 'The cells of a refused row, as they stand.' }),
      problems: t.expose('problems', { type: [problem], description: 'Why it is refused.' }),
    }),
  });
  const column = builder.objectRef<SpreadsheetImport['columns'][number]>('ImportColumn').implement({
    description: 'A column that was understood.',
    fields: (t) => ({
      letter: t.exposeString('letter', { description: 'Its letters.' }),
      heading: t.exposeString('heading', { description: 'As the file has it.' }),
      field: t.exposeString('field', { description: 'What it was read as, such as `quantity`.' }),
    }),
  });
  const heading = builder.objectRef<ImportHeading>('ImportHeading').implement({
    description: 'A heading of the file, whether it was understood or not.',
    fields: (t) => ({
      letter: t.exposeString('letter', { description: 'Letters of its column.' }),
      heading: t.exposeString('heading', { description: 'As the file has it.' }),
      field: t.expose('field', { type: field, nullable: true, description: 'What it was read as; null for nothing.' }),
      samples: t.exposeStringList('samples', { description: 'The first values below it, at most three.' }),
    }),
  });
  const columnInput = builder.inputType('ImportColumnInput', {
    description: 'What a column means.',
    fields: (t) => ({
      letter: t.string({ required: true, description: 'Letters of the column, as in `headings`.' }),
      field: t.field({ type: field, required: false, description: 'What it means; null for nothing.' }),
    }),
  });
  const file = builder
    .objectRef<{ readonly filename: string; readonly contentType: string; readonly base64: string }>('RefusedRowsFile')
    .implement({
      description: 'The refused rows as a spreadsheet.',
      fields: (t) => ({
        filename: t.exposeString('filename', { description: 'Name to keep it under.' }),
        contentType: t.exposeString('contentType', { description: 'Media type.' }),
        base64: t.exposeString('base64', { description: 'The bytes.' }),
      }),
    });
  const spreadsheet = builder.objectRef<SpreadsheetImport>('SpreadsheetImport').implement({
    description: 'A spreadsheet of stock or sales on its way in.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      uploadId: t.exposeID('uploadId', { description: 'The uploaded file, kept as it came.' }),
      filename: t.exposeString('filename', { description: 'Its name.' }),
      kind: t.expose('kind', { type: kind, nullable: true, description: 'What it holds; null until it was read.' }),
      status: t.expose('status', { type: status, description: 'How far it is.' }),
      sheets: t.exposeStringList('sheets', { description: 'Sheets with a table.' }),
      columns: t.expose('columns', {
        type: [column],
        description: 'Columns that were understood, of the first sheet.',
      }),
      headings: t.expose('headings', {
        type: [heading],
        description: 'All headings of the first sheet with a table; what looks like headings where none was found.',
      }),
      headerLine: t.exposeInt('headerLine', { nullable: true, description: 'Line of the headings, from 1.' }),
      branch: t.exposeString('branch', { nullable: true, description: 'Branch that the file names.' }),
      dateFrom: t.expose('dateFrom', {
        type: 'Date',
        nullable: true,
        description: 'First day that the file says it covers.',
      }),
      dateTo: t.expose('dateTo', {
        type: 'Date',
        nullable: true,
        description: 'Last day that the file says it covers.',
      }),
      rowsRead: t.exposeInt('rowsRead', { description: 'Rows of the file; while it is read, those so far.' }),
      rowsCreated: t.exposeInt('rowsCreated', { description: 'Rows that make something new.' }),
      rowsUpdated: t.exposeInt('rowsUpdated', { description: 'Rows that change something.' }),
      rowsRefused: t.exposeInt('rowsRefused', { description: 'Rows that are refused.' }),
      problem: t.exposeString('problem', {
        nullable: true,
        description:
          'Why the file as a whole is refused (`NO_TABLE`, `ARCHIVE_BOMB`), or why the last step did not happen: `PREVIEW_CHANGED`, `CHANGED_SINCE`, `READING_FAILED`, `COMMIT_FAILED`, `UNDO_FAILED`.',
      }),
      problemMessage: t.field({
        type: text,
        nullable: true,
        description: 'The problem in words: what was found, and what was expected or can be done.',
        resolve: ({ problem: code }) => fileProblemWords(code),
      }),
      plan: t.exposeString('plan', {
        nullable: true,
        description: 'Hash of what each row will do; `commitSpreadsheet` writes that or nothing.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
      committedAt: t.expose('committedAt', { type: 'DateTime', nullable: true, description: 'When it was written.' }),
      undoneAt: t.expose('undoneAt', { type: 'DateTime', nullable: true, description: 'When it was undone.' }),
      company: t.field({ type: company, description: 'Whose it is.', resolve: ({ companyId }) => ({ id: companyId }) }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'The site that was chosen by hand.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
      rows: t.field({
        type: [row],
        description: 'Its rows, in order.',
        args: {
          statuses: t.arg({ type: [rowStatus], required: false, description: 'Only these; all by default.' }),
          onlyProblems: t.arg.boolean({ defaultValue: false, description: 'Only rows that have problems.' }),
          after: t.arg.int({ defaultValue: 0, description: '`row` of the last one that is known.' }),
          first: t.arg.int({ defaultValue: 50, description: 'How many, at most 200.' }),
        },
        resolve: ({ id }, { statuses, onlyProblems, after, first }, { services }) =>
          services.imports.rows(id, { statuses: statuses ?? [], isProblemOnly: onlyProblems, after }, first),
      }),
      refusedRows: t.field({
        type: file,
        description: 'Refused rows with their reasons, at most 20,000, as a spreadsheet to repair.',
        args: { language: t.arg({ type: language, defaultValue: 'es', description: 'Language of the reasons.' }) },
        resolve: (parent, args, { services }) => services.imports.refusedRows(parent, args.language),
      }),
    }),
  });

  builder.queryFields((t) => ({
    upload: t.field({
      type: spreadsheet,
      nullable: true,
      description: 'The last import of an uploaded file.',
      authScopes: read,
      args: { id: t.arg.id({ description: 'Id of the upload.' }) },
      resolve: (_root, { id }, { services }) => services.imports.ofUpload(id),
    }),
    spreadsheetImports: t.field({
      type: [spreadsheet],
      description: 'Imports, newest first: the own ones, and all of the company for who reaches all its sites.',
      authScopes: read,
      args: {
        companyId: t.arg.id({ required: false, description: 'Only those of this company.' }),
        first: t.arg.int({ defaultValue: 10, description: 'How many, at most 50.' }),
      },
      resolve: (_root, { companyId, first }, { services }) => services.imports.latest(companyId ?? null, first),
    }),
  }));
  const importId = { description: 'The import.' };
  builder.mutationFields((t) => ({
    importSpreadsheet: t.field({
      type: spreadsheet,
      description: 'Reads an uploaded `.xlsx` or `.xls` (10 MB at most) into a preview. Writes nothing yet.',
      authScopes: write,
      errors: { types: [NotFound], union: { name: 'ImportSpreadsheetResult' } },
      args: {
        uploadId: t.arg.id({ description: 'What `POST /uploads` answered.' }),
        siteId: t.arg.id({ required: false, description: 'Where the file belongs, if it does not say so.' }),
      },
      resolve: (_root, { uploadId, siteId }, { services }) => services.imports.start(uploadId, siteId ?? null),
    }),
    commitSpreadsheet: t.field({
      type: spreadsheet,
      description: 'Writes what was previewed, in one transaction or not at all.',
      authScopes: write,
      errors: { types: [NotFound, Conflict], union: { name: 'CommitSpreadsheetResult' } },
      args: {
        importId: t.arg.id(importId),
        plan: t.arg.string({
          required: false,
          description: 'The `plan` that was looked at: nothing is written when it is another by now.',
        }),
        skipRefused: t.arg.boolean({ defaultValue: false, description: 'Refused rows may be left out.' }),
      },
      resolve: (_root, { importId: id, plan, skipRefused }, { services }) =>
        services.imports.commit(id, { plan, isRefusedSkipped: skipRefused }),
    }),
    readSpreadsheetAgain: t.field({
      type: spreadsheet,
      description:
        'Reads a file again that is in preview or failed: with another meaning of its columns, which the company keeps for files with these headings, or at another site.',
      authScopes: write,
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'ReadSpreadsheetAgainResult' } },
      args: {
        importId: t.arg.id(importId),
        columns: t.arg({ type: [columnInput], required: false, description: 'Those left out mean nothing.' }),
        siteId: t.arg.id({ required: false, description: 'Where the file belongs; null leaves it as it was.' }),
      },
      resolve: (_root, { importId: id, columns, siteId }, { services }) =>
        services.imports.again(id, { columns, siteId }),
    }),
    discardSpreadsheet: t.field({
      type: spreadsheet,
      description: 'Ends an import that has written nothing. The uploaded file is kept.',
      authScopes: write,
      errors: { types: [NotFound, Conflict], union: { name: 'DiscardSpreadsheetResult' } },
      args: { importId: t.arg.id(importId) },
      resolve: (_root, { importId: id }, { services }) => services.imports.discard(id),
    }),
    undoSpreadsheet: t.field({
      type: spreadsheet,
      description: 'Puts back what a committed import changed, unless something else has changed any of it since.',
      authScopes: write,
      errors: { types: [NotFound, Conflict], union: { name: 'UndoSpreadsheetResult' } },
      args: { importId: t.arg.id(importId) },
      resolve: (_root, { importId: id }, { services }) => services.imports.undo(id),
    }),
  }));
  builder.subscriptionField('uploadProgress', (t) =>
    t.field({
      type: spreadsheet,
      description: 'The import of an uploaded file, each time it has gone further.',
      authScopes: read,
      args: { uploadId: t.arg.id({ description: 'Id of the upload.' }) },
      subscribe: (_root, { uploadId }, { services }) => services.imports.changes(uploadId),
      resolve: (current) => current,
    }),
  );
}
