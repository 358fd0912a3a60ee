import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the archive says of the unpacked size, where it lies. */
  readonly declaredSize?: number;
  /** How the directory says that it is packed, where it lies and the entry says the truth: 0 is not at all. */
  readonly declaredMethod?: number;
}

/** An archive as Excel writes it, and as somebody who means harm does. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declaredSize, declaredMethod } of entries) {
    const body = Buffer.from(content);
    const packed = deflateRawSync(body);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(body), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE((declaredMethod === undefined ? declaredSize : undefined) ?? body.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const listed = Buffer.from(fields);
    listed.writeUInt16LE(declaredMethod ?? 8, 4);
    listed.writeUInt32LE(declaredSize ?? body.length, 18);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), listed, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** An archive whose sizes and places have 64 bits, as programs in Java write them however small it is. */
export function wideZipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const body = Buffer.from(content);
    const packed = deflateRawSync(body);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(45, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(body), 10);
    fields.fill(0xff, 14, 22);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const wide = (...numbers: number[]) => {
      const extra = Buffer.alloc(4 + 8 * numbers.length);
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(8 * numbers.length, 2);
      for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
      return extra;
    };
    const headed = (extra: Buffer) => {
      const own = Buffer.from(fields);
      own.writeUInt16LE(extra.length, 24);
      return own;
    };
    const sizes = wide(body.length, packed.length);
    const placed = wide(body.length, packed.length, offset);
    const local = Buffer.concat([
      ...[Buffer.from('PK\x03\x04', 'latin1'), headed(sizes), Buffer.from(name), sizes, packed],
    ]);
    const tail = Buffer.alloc(14);
    tail.fill(0xff, 10);
    centrals.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x2d\x00', 'latin1'), headed(placed), tail, Buffer.from(name), placed]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  for (const [at, number] of [
    [4, 44],
    [24, entries.length],
    [32, entries.length],
    [40, directory.length],
    [48, offset],
  ] as const) {
    record.writeBigUInt64LE(BigInt(number), at);
  }
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + directory.length), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22, 0xff);
  end.write('PK\x05\x06\0\0\0\0', 'latin1');
  end.writeUInt16LE(0, 20);
  return Buffer.concat([...locals, directory, record, locator, end]);
}

/** A workbook of one sheet whose rows are written by hand, as XML. */
export function xmlWorkbook(
  rows: string,
  more: { readonly afterRows?: string; readonly prolog?: string } = {},
): Buffer {
  return zipFile(workbookEntries(rows, more));
}

export function workbookEntries(rows: string, { afterRows = '', prolog = '' } = {}): ZipEntry[] {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Hoja1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<?xml version="1.0"?>${prolog}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${afterRows}</worksheet>`,
    },
  ];
}

/** Cells of a row by hand: text inline, numbers as they are, `null` for none, or XML. */
export function xmlRow(line: number, cells: readonly (string | number | null | { readonly xml: string })[]): string {
  const written = cells.map((cell, index) => {
    const at = `${String.fromCharCode(65 + index)}${line}`;
    if (cell === null) return '';
    if (typeof cell === 'object') return cell.xml.replace('<c', `<c r="${at}"`);
    if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  });
  return `<row r="${line}">${written.join('')}</row>`;
}
