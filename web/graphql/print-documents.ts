import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { formatDocument, stringifyDocument } from '@urql/core';
import { type DocumentNode, getOperationAST, print } from 'graphql';
import { examples } from '../features/developers/examples.ts';
import * as generated from './generated/graphql.ts';

/**
 * Writes the manifest of every operation of the web app, as the gateway reads it: `{ "<SHA-256>": "<text>" }`. Each is
 * there as urql with its cache sends it from the browser, and as `print` gives it on the server; the portal's examples
 * as they stand:
 *
 *     node web/graphql/print-documents.ts gateway/trusted-documents.json
 */
function manifest(): string {
  const texts = Object.values<unknown>(generated).flatMap((value) => {
    if (!isDocument(value) || !getOperationAST(value)) return [];
    // Its type spells out every node, which is more than the printer takes.
    const sent: unknown = formatDocument(value);
    return isDocument(sent) ? [stringifyDocument(sent), print(value)] : [];
  });
  const all = [...texts, ...examples.map(({ query }) => query)];
  const entries = all.map((text) => [hash('sha256', text, 'hex'), text] as const);
  return `${JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b))), null, 2)}\n`;
}

function isDocument(value: unknown): value is DocumentNode {
  return typeof value === 'object' && value !== null && 'definitions' in value;
}

const [, , file] = process.argv;
if (import.meta.main && file !== undefined) writeFileSync(file, manifest());
