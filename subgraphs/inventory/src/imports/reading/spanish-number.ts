/** Which sign stands before the decimals; `null` where nothing says so. */
export type DecimalSign = ',' | '.' | null;

const shape = /^[-+]?\d+(?:[.,]\d+)*-?$/;

/** What a written number says about its signs: two different ones, or one that cannot part thousands. */
export function decimalSignOf(text: string): DecimalSign {
  const bare = bareNumber(text);
  if (bare === null) return null;
  const comma = bare.lastIndexOf(',');
  const point = bare.lastIndexOf('.');
  if (comma !== -1 && point !== -1) return comma > point ? ',' : '.';
  const at = Math.max(comma, point);
  if (at === -1) return null;
  const sign = comma === -1 ? '.' : ',';
  const other = sign === ',' ? '.' : ',';
  const parts = bare.replace(/^-/, '').split(sign);
  if (parts.length > 2) return other;
  const [head = '', tail = ''] = parts;
  return tail.length === 3 && head.length <= 3 && head !== '0' ? null : sign;
}

/**
 * A number as people write it, as exact text: `$ 1.234,50`, `(12)`, `7-`. Fails on what is no number, and on a sign
 * that may part thousands as well as decimals while nothing else in the column says which.
 */
export function parseSpanishNumber(text: string, sign: DecimalSign): string | 'NOT_A_NUMBER' | 'AMBIGUOUS_NUMBER' {
  const bare = bareNumber(text);
  if (bare === null) return 'NOT_A_NUMBER';
  if (!/[.,]/.test(bare)) return exactText(bare);
  const decimal = decimalSignOf(text) ?? sign;
  if (decimal === null) return 'AMBIGUOUS_NUMBER';
  const [whole = '', decimals, ...more] = bare.split(decimal);
  if (more.length > 0 || decimals?.match(/[.,]/)) return 'NOT_A_NUMBER';
  const groups = whole.replace(/^-/, '').split(decimal === ',' ? '.' : ',');
  const isGrouped = groups.every((group, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
  if (groups.length > 1 && !isGrouped) return 'NOT_A_NUMBER';
  return exactText(
    `${bare.startsWith('-') ? '-' : ''}${groups.join('')}${decimals === undefined ? '' : `.${decimals}`}`,
  );
}

/** A number of a cell as exact text with at most so many decimals: 0.1 + 0.2 is 0.3 here. */
export function exactNumber(value: number, decimals: number): string {
  return Math.abs(value) >= 1e21
    ? value.toLocaleString('en', { useGrouping: false })
    : exactText(value.toFixed(decimals));
}

/** Only digits, signs of thousands and decimals, and a minus in front: without money, spaces and brackets. */
function bareNumber(text: string): string | null {
  const trimmed = text
    .replace(/[\s\p{Cf}']/gu, '')
    .replace(/\u2212/g, '-')
    .replace(/^([-+(]*)(?:CLP|MXN|USD|US\$|MX\$|\$|€)/i, '$1')
    .replace(/(?:CLP|MXN|USD|\$|€)$/i, '');
  const inBrackets = /^\((.*)\)$/.exec(trimmed)?.[1];
  const bare = inBrackets ?? trimmed;
  if (!shape.test(bare)) return null;
  const isNegative = inBrackets !== undefined || bare.startsWith('-') || bare.endsWith('-');
  return `${isNegative ? '-' : ''}${bare.replace(/[-+]/g, '')}`;
}

function exactText(text: string): string {
  const [, minus = '', whole = '0', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const kept = decimals.replace(/0+$/, '');
  const number = `${whole.replace(/^0+(?=\d)/, '')}${kept === '' ? '' : `.${kept}`}`;
  return number === '0' ? '0' : `${minus}${number}`;
}
