import { type NextRequest, NextResponse } from 'next/server';
import createIntlMiddleware from 'next-intl/middleware';
import { routing } from './i18n/routing.ts';
import { contentSecurityPolicy } from './server/content-security-policy.ts';
import { readEnvironment } from './server/environment.ts';
import { isSecure, sessionCookieName } from './server/session-cookie.ts';

const localize = createIntlMiddleware(routing);

/** Before every page: the language, the way to the sign-in page, and the security headers with a fresh nonce. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const gatewayUrl = readEnvironment().publicGatewayUrl(request.headers.get('host'), isSecure(request));
  const policy = contentSecurityPolicy(nonce, gatewayUrl, process.env.NODE_ENV === 'development');
  // Next reads the nonce for its own scripts from the policy on the request.
  request.headers.set('content-security-policy', policy);
  request.headers.set('x-nonce', nonce);
  request.headers.set('x-gateway-url', gatewayUrl);
  const isVoucher = voucherPath.test(request.nextUrl.pathname);
  const response = (isVoucher ? null : signInRedirect(request)) ?? localize(request);
  const headers: Readonly<Record<string, string>> = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': isVoucher ? 'no-referrer' : 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    ...(isVoucher ? { 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store' } : {}),
    ...(isSecure(request) ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: '/((?!api|_next|.*\\..*).*)' };

/** A voucher is for whoever has its link, which is in the address: it must reach no other site and no index. */
const voucherPath = /^\/(es|en)\/voucher\/[\w-]{20,64}$/;

/** Somebody without a session cookie has nothing to load here; the page asked for is kept for after signing in. */
function signInRedirect(request: NextRequest): NextResponse | null {
  const { pathname, search } = request.nextUrl;
  const locale = routing.locales.find((one) => pathname === `/${one}` || pathname.startsWith(`/${one}/`));
  if (locale === undefined || pathname === `/${locale}/sign-in` || request.cookies.has(sessionCookieName)) return null;
  const target = new URL(`/${locale}/sign-in`, request.url);
  const next = `${pathname}${search}`;
  if (next !== `/${locale}`) target.searchParams.set('next', next);
  return NextResponse.redirect(target);
}
