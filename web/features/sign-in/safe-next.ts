/**
 * Where to go after signing in, from what the address asks for: a path of this app without its language, never another
 * site. Anything else goes home.
 */
export function safeNext(wanted: string | null): string {
  if (wanted === null || !/^\/(?![/\\])/.test(wanted)) return '/';
  const url = new URL(wanted, 'http://cauce.invalid');
  if (url.host !== 'cauce.invalid') return '/';
  const path = url.pathname.replace(/^\/(es|en)(?=\/|$)/, '');
  return path.startsWith('/sign-in') || path.startsWith('//') ? '/' : `${path === '' ? '/' : path}${url.search}`;
}
