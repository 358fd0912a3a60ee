import type { NextRequest, NextResponse } from 'next/server';

/** Holds the refresh token where no script can read it and no other site can send it. */
export const sessionCookieName = 'cauce_session';

const thirtyDaysS = 30 * 24 * 60 * 60;

export function readSessionCookie(request: NextRequest): string | null {
  return request.cookies.get(sessionCookieName)?.value ?? null;
}

export function writeSessionCookie(request: NextRequest, response: NextResponse, refreshToken: string): void {
  response.cookies.set(sessionCookieName, refreshToken, { ...cookieOptions(request), maxAge: thirtyDaysS });
}

export function clearSessionCookie(request: NextRequest, response: NextResponse): void {
  response.cookies.set(sessionCookieName, '', { ...cookieOptions(request), maxAge: 0 });
}

/** Whether the page that asks is ours: the cookie is SameSite=Strict, and this also refuses sibling hosts. */
export function isSameOrigin(request: NextRequest): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  return origin !== null && new URL(origin).host === request.headers.get('host');
}

/** Whether the browser came over TLS, here or at the proxy in front. */
export function isSecure(request: NextRequest): boolean {
  return (request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol.replace(':', '')) === 'https';
}

function cookieOptions(request: NextRequest) {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure(request) } as const;
}
