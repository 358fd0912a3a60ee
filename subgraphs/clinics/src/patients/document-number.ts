/**
 * A document number as it is kept: capitals, without dots and spaces, so that `11.111.111-1` and `11111111-1` are one
 * person.
 */
export function normaliseDocument(text: string): string {
  return text.toUpperCase().replace(/[.\s]/g, '');
}

/** Whether a Chilean RUT, as `normaliseDocument` leaves it, ends in the digit that its number asks for (modulo 11). */
export function hasRightCheckDigit(rut: string): boolean {
  const [, digits = '', given] = /^(\d{1,9})-([\dK])$/.exec(rut) ?? [];
  const sum = [...digits].reverse().reduce((total, digit, index) => total + Number(digit) * (2 + (index % 6)), 0);
  const remainder = 11 - (sum % 11);
  return given === (remainder === 11 ? '0' : remainder === 10 ? 'K' : String(remainder));
}

/** Whether this is a national document number: a RUT with its check digit, or plain digits where there is none. */
export function isNationalId(text: string): boolean {
  return text.includes('-') ? hasRightCheckDigit(text) : /^\d{6,15}$/.test(text);
}
