const longest = 2_000;

/**
 * A statement without what was written into it: literals become `?`, comments go, white space shrinks. Parameters stay
 * as `$1`. Two statements that differ in their values only come out equal.
 */
export function sanitiseSql(text: string): string {
  const shown = text.slice(0, longest * 4).replaceAll(pieces, (piece: string) => {
    const first = piece.charAt(0);
    if (first === '"' || /^[a-z_$]/i.test(piece)) return isEscapeString(piece) || isDollarQuoted(piece) ? '?' : piece;
    if (first === '-' || first === '/' || /^\s/.test(piece)) return ' ';
    return '?';
  });
  return shown.replaceAll(/ {2,}/g, ' ').trim().slice(0, longest);
}

/**
 * In this order: comments, dollar-quoted text, strings with a prefix, plain strings, quoted names, words and
 * parameters, numbers, white space. What is not closed reaches to the end, so that a cut leaves no literal behind.
 */
const pieces =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$(?:[a-z_]\w*)?\$[\s\S]*?(?:\$(?:[a-z_]\w*)?\$|$)|[ebx]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|[a-z_][\w$]*|\$\d+|\d[\w.]*|\s+/gi;

function isEscapeString(piece: string): boolean {
  return /^[ebx]'/i.test(piece);
}

function isDollarQuoted(piece: string): boolean {
  return piece.startsWith('$') && !/^\$\d/.test(piece);
}
