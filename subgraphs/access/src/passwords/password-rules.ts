import type { FieldFailure } from '@cauce/shared/errors/outcomes';
import { commonPasswords } from './common-passwords.ts';

const shortest = 10;
const longest = 200;

/**
 * What is wrong with a new password, or null. Length is asked for, not kinds of characters; what is refused is what is
 * guessed first: common words with decoration, runs of one sign or of neighbours, and the person's own address.
 */
export function findPasswordProblem(password: string, email: string): Omit<FieldFailure, 'path'> | null {
  const length = [...password].length;
  if (length < shortest) return { code: 'TOO_SHORT', message: `must have at least ${shortest} characters` };
  if (length > longest) return { code: 'TOO_LONG', message: `must have at most ${longest} characters` };
  if (containsAddress(password, email))
    return { code: 'CONTAINS_EMAIL', message: 'must not contain the email address' };
  if (isCommon(password)) return { code: 'TOO_COMMON', message: 'is one of the passwords that are guessed first' };
  return null;
}

function containsAddress(password: string, email: string): boolean {
  const plain = password.toLowerCase();
  const [name = ''] = email.toLowerCase().split('@');
  // A name of one or two letters is in half of all good passwords.
  return plain.includes(email.toLowerCase()) || (name.length >= 3 && plain.includes(name));
}

function isCommon(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  const spellings = [plain, bare(plain), unleet(bare(plain)), bare(unleet(plain))];
  return isRun(plain) || spellings.some((spelling) => commonPasswords.has(spelling));
}

/** Without the digits and signs round it. */
function bare(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

function unleet(text: string): string {
  return text.replace(/[013457@$]/g, (sign) => leet[sign] ?? sign);
}

/** All one sign, or all steps of one up or down: `aaaaaaaaaa`, `1234567890`, `zyxwvutsrq`. */
function isRun(text: string): boolean {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  // 9 is followed by 0 on a keyboard.
  steps.delete('0'.charCodeAt(0) - '9'.charCodeAt(0));
  const [step = 0] = steps;
  return steps.size <= 1 && Math.abs(step) <= 1;
}
