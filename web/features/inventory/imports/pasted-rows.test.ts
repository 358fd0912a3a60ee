import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pastedRows } from './pasted-rows.ts';

it('reads rows as a spreadsheet copies them, with what stands in quotes', () => {
  expect(pastedRows('Código\tExistencia\r\n00123\t1.234\r\n"a\tb"\t"dos\nlíneas ""x"""\r\n')).toEqual([
    ['Código', 'Existencia'],
    ['00123', '1.234'],
    ['a\tb', 'dos\nlíneas "x"'],
  ]);
});

it('takes a sentence, one row and one column for no table', () => {
  for (const text of [undefined, '', 'hola', 'a\tb', 'a\nb\nc', 'a\t\n\t']) expect(pastedRows(text)).toBeNull();
});

it('gives back every cell of every table', () => {
  const cell = fc.string().map((text) => `x${text.replaceAll('\r', '')}`);
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(table, (rows) => {
      const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join('\t')).join('\n');
      expect(pastedRows(text)).toEqual(rows);
    }),
  );
});
