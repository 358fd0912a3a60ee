import { describe, expect, it } from 'vitest';
import { FileRefused, fileRefusals } from '../reading/file-refused.ts';
import { readingLimits } from '../reading/limits.ts';
import { problemCodes } from '../reading/problem.ts';
import { readSpreadsheet } from '../reading/read-spreadsheet.ts';
import { corpus } from '../test-support/corpus.ts';
import { fileProblemWords } from './file-problem-words.ts';
import { problemWords } from './problem-words.ts';

const limits = { ...readingLimits, unpackedBytes: 20_000_000 };
const withRefusedRows = corpus.filter(({ problems = [] }) => problems.length > 0);
const refusedWhole = corpus.filter(({ refused }) => refused !== undefined);

describe('every refusal of the corpus', () => {
  it.each(withRefusedRows)('names row, column, value and what was expected: $trap', ({ file }) => {
    const refused = [...readSpreadsheet(file(), limits).rows()].flatMap(({ sheet, line, problems, cells }) =>
      problems.map((problem) => ({ sheet, line, cells, problem })),
    );
    expect(refused.length).toBeGreaterThan(0);
    for (const { sheet, line, cells, problem } of refused) {
      expect(sheet).not.toBe('');
      expect(line).toBeGreaterThan(1);
      expect(problem.heading).not.toBe('');
      expect(problem.column).toMatch(/^[A-Z]{1,3}$/);
      // What stands there is named as it stands there, unless nothing does.
      if (problem.value === '') expect(['MISSING', 'FORMULA_WITHOUT_VALUE']).toContain(problem.code);
      else expect(cells.some((cell) => cell.startsWith(problem.value))).toBe(true);
      const { es, en } = problemWords(problem);
      for (const words of [es, en]) {
        expect(words).toContain(problem.heading);
        expect(words).toContain(problem.value);
      }
      expect(es).toMatch(/se esperaba/);
      expect(en).toMatch(/expected/);
    }
  });

  it.each(refusedWhole)('says what was found and what was expected of the whole file: $trap', ({ file, refused }) => {
    const read = () => [...readSpreadsheet(file(), limits).rows()];
    expect(read).toThrow(FileRefused);
    const { es, en } = fileProblemWords(refused ?? null) ?? { es: '', en: '' };
    expect(es).toMatch(/se esperaba/);
    expect(en).toMatch(/expected/);
  });

  it('has words in both languages, also those that no file of the corpus meets', () => {
    for (const code of fileRefusals) expect(fileProblemWords(code)?.es, code).toMatch(/se esperaba/);
    for (const code of problemCodes) {
      const { es, en } = problemWords({ column: 'C', heading: 'Stock', code, value: 'x' });
      expect(es, code).toMatch(/^Stock «x» .*(?:se esperaba|se esperaban)/);
      expect(en, code).toMatch(/^Stock «x» .*expected/);
    }
  });
});
