import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { root } from '../run.ts';

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** Why the file as a whole failed: it could not be loaded, or what is done before its tests. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

const maxLines = 8;

/**
 * What failed, by vitest's JSON report: a line for each test with its file and the start of its reason. For the end of
 * a long run, of which a reader may see no more than the end. Empty when there is no report.
 */
export async function failedTests(reportFile: string): Promise<readonly string[]> {
  const text = await readFile(reportFile, 'utf8').catch(() => null);
  if (text === null) return [];
  const { testResults } = JSON.parse(text) as Report;
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}\n${startOf(message)}`] : [];
    return failed.map((test) => `${file} > ${test.fullName.trim()}\n${startOf(test.failureMessages?.[0] ?? '')}`);
  });
}

function startOf(message: string): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(0, maxLines)
    .map((line) => `    ${line}`)
    .join('\n');
}
