import { type DocumentNode, Kind, print, visit } from 'graphql';
import type { FetchNode, PathStep, PlanNode, QueryPlan, RequiredSelection } from '../plan/query-plan.ts';

/**
 * A plan for people to read: what is asked of which subgraph, in which order. Nothing that a client wrote as a value
 * is in it.
 */
export function describePlan({ root }: QueryPlan): string {
  if (root === null) return 'nothing to fetch';
  if (root.kind !== 'subscription') return linesOf(root, '').join('\n');
  const rest = root.rest === null ? [] : ['then for each event', ...linesOf(root.rest, '  ')];
  return ['stream', ...linesOf(root.primary, '  '), ...rest].join('\n');
}

function linesOf(node: PlanNode | null, path: string): string[] {
  if (node === null) return [];
  switch (node.kind) {
    case 'fetch':
      return fetchLines(node, path);
    case 'flatten':
      return linesOf(node.node, [path, pathText(node.path)].filter((part) => part !== '').join('.'));
    case 'sequence':
      return ['in sequence', ...node.nodes.flatMap((child) => indent(linesOf(child, path)))];
    case 'parallel':
      return ['in parallel', ...node.nodes.flatMap((child) => indent(linesOf(child, path)))];
    case 'condition':
      return [
        ...(node.whenTrue === null ? [] : [`if $${node.variable}`, ...indent(linesOf(node.whenTrue, path))]),
        ...(node.whenFalse === null ? [] : [`unless $${node.variable}`, ...indent(linesOf(node.whenFalse, path))]),
      ];
    case 'defer':
      return [
        ...linesOf(node.primary, path),
        ...node.deferred.flatMap(({ label, node: part }) => [
          `deferred ${label ?? ''}`.trim(),
          ...indent(linesOf(part, path)),
        ]),
      ];
  }
}

function fetchLines(node: FetchNode, path: string): string[] {
  const place = path === '' ? '' : ` at ${path}`;
  const by = node.requires === null ? '' : ` by ${requiredText(node.requires)}`;
  return [`fetch ${node.subgraph}${place}${by}`, ...indent(withoutValues(node.document).split('\n'))];
}

/** The text of a query with every literal emptied: what remains is its shape. */
export function withoutValues(document: DocumentNode): string {
  return print(
    visit(document, {
      IntValue: (node) => ({ ...node, value: '0' }),
      FloatValue: (node) => ({ ...node, value: '0' }),
      StringValue: () => ({ kind: Kind.STRING, value: '' }),
      ListValue: (node) => ({ ...node, values: [] }),
      ObjectValue: (node) => ({ ...node, fields: [] }),
    }),
  );
}

function requiredText(required: readonly RequiredSelection[]): string {
  const parts = required.map((selection) => {
    if (selection.kind === 'field') {
      return selection.selections === null ? selection.name : `${selection.name} ${requiredText(selection.selections)}`;
    }
    return `${[...(selection.typeNames ?? [])].join('|')} ${requiredText(selection.selections)}`.trim();
  });
  return `{ ${parts.join(' ')} }`;
}

function pathText(steps: readonly PathStep[]): string {
  return steps.flatMap((step) => (step.kind === 'field' ? [step.name] : step.kind === 'list' ? ['@'] : [])).join('.');
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
