import type { ASTNode } from '@marcbachmann/cel-js';
import { numberFunctions, valueFunctions } from './expression-functions.ts';
import { type ExpressionProblemCode, ExpressionRefused, type TextSpan } from './expression-problem.ts';

/** An expression in the few words that are worked out: slots instead of names, guarded calls instead of operators. */
export interface LoweredExpression {
  readonly text: string;
  /** The name behind each slot, by its number. */
  readonly names: readonly string[];
  /** Parts of the lowered text with the part of the given text that each stands for; the last parameter of a guarded call is an index. */
  readonly parts: readonly LoweredPart[];
  /** Where each name is first used. */
  readonly uses: ReadonlyMap<string, TextSpan>;
}

export interface LoweredPart extends TextSpan {
  readonly source: TextSpan;
}

/**
 * Writes an expression anew from the nodes that are allowed: numbers, names, arithmetic, comparisons, logic, a choice
 * and our functions. What is not among them (text, lists, members, macros) cannot come through, because nothing of the
 * given text is copied: names become slots and whole numbers plain ones, so that 1 / 2 is a half.
 *
 * @throws ExpressionRefused for the first node that is not allowed or not known
 */
export function lowerExpression(root: ASTNode, known: ReadonlySet<string>): LoweredExpression {
  const names: string[] = [];
  const parts: { start: number; end: number; source: TextSpan }[] = [];
  const uses = new Map<string, TextSpan>();
  let text = '';

  const slotOf = (node: ASTNode, name: string): number => {
    if (!known.has(name)) refuse(node, 'UNKNOWN_NAME', name);
    if (!uses.has(name)) uses.set(name, spanOf(node));
    const index = names.indexOf(name);
    return index >= 0 ? index : names.push(name) - 1;
  };

  const list = (nodes: readonly ASTNode[]) => {
    nodes.forEach((node, index) => {
      if (index > 0) text += ', ';
      write(node);
    });
  };

  /** A call that is told where it stands, so that a failure knows its place. */
  const guarded = (name: string, nodes: readonly ASTNode[], part: number) => {
    text += `${name}(`;
    list(nodes);
    text += `, ${part}.0)`;
  };

  const call = (node: ASTNode, name: string, given: readonly ASTNode[], part: number) => {
    if (valueFunctions.some((own) => own === name)) return asked(node, name, given);
    const found = numberFunctions.find((own) => own.name === name);
    if (found === undefined) return refuse(node, 'UNKNOWN_FUNCTION', name);
    if (given.length < found.least || given.length > found.most) return refuse(node, 'WRONG_ARGUMENTS', name);
    return guarded(functionName(name, given.length), given, part);
  };

  const asked = (node: ASTNode, name: string, [first, other, ...more]: readonly ASTNode[]) => {
    const wantsOther = name === 'or_else';
    if (first === undefined || wantsOther !== (other !== undefined) || more.length > 0) {
      return refuse(node, 'WRONG_ARGUMENTS', name);
    }
    if (first.op !== 'id') return refuse(first, 'WRONG_ARGUMENTS', name);
    const slot = slotOf(first, first.args);
    if (other === undefined) {
      text += `k${slot}`;
      return;
    }
    text += `(k${slot} ? v${slot} : `;
    write(other);
    text += ')';
  };

  const write = (node: ASTNode): void => {
    const part = parts.push({ start: text.length, end: text.length, source: spanOf(node) }) - 1;
    switch (node.op) {
      case 'value':
        text += literal(node, node.args);
        break;
      case 'id':
        text += `v${slotOf(node, node.args)}`;
        break;
      case '+':
      case '-':
      case '*':
      case '/':
        guarded(functionName(node.op, 2), node.args, part);
        break;
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '==':
      case '!=':
      case '&&':
      case '||':
        text += '(';
        write(node.args[0]);
        text += ` ${node.op} `;
        write(node.args[1]);
        text += ')';
        break;
      case '!_':
      case '-_':
        text += `(${node.op.charAt(0)}`;
        write(node.args);
        text += ')';
        break;
      case '?:':
        text += '(';
        write(node.args[0]);
        text += ' ? ';
        write(node.args[1]);
        text += ' : ';
        write(node.args[2]);
        text += ')';
        break;
      case 'call':
        call(node, node.args[0], node.args[1], part);
        break;
      default:
        refuse(node, 'NOT_ALLOWED', null);
    }
    const own = parts[part];
    if (own !== undefined) own.end = text.length;
  };

  write(root);
  return { text, names, parts, uses };
}

const operatorNames: Readonly<Record<string, string>> = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide' };

/** The name under which a function is known to the evaluator: one for each number of arguments. */
export function functionName(name: string, count: number): string {
  return `f_${operatorNames[name] ?? name}_${count}`;
}

function literal(node: ASTNode, value: unknown): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number' && typeof value !== 'bigint') return refuse(node, 'NOT_ALLOWED', null);
  const number = Number(value);
  if (!Number.isFinite(number)) return refuse(node, 'NOT_ALLOWED', null);
  const text = String(number);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function spanOf({ start, end }: ASTNode): TextSpan {
  return { start, end };
}

function refuse(node: ASTNode, code: ExpressionProblemCode, detail: string | null): never {
  throw new ExpressionRefused({ code, detail, ...spanOf(node) });
}
