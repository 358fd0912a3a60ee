/** The largest spreadsheet that is read. */
export const mostBytes = 10 * 1024 * 1024;

/** Why a file is not sent at all; null for one that is. What is inside is for the server to judge. */
export function refusedBeforehand({
  name,
  size,
}: Pick<File, 'name' | 'size'>): 'NOT_A_SPREADSHEET' | 'TOO_LARGE' | 'EMPTY_FILE' | null {
  if (!/\.xlsx?$/i.test(name)) return 'NOT_A_SPREADSHEET';
  if (size > mostBytes) return 'TOO_LARGE';
  return size === 0 ? 'EMPTY_FILE' : null;
}
