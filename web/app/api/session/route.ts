import { type NextRequest, NextResponse } from 'next/server';
import { z } from 'zod';
import { RefreshSessionDocument, SignInDocument, SignOutDocument } from '../../../graphql/generated/graphql.ts';
import { askGateway } from '../../../server/ask-gateway.ts';
import {
  clearSessionCookie,
  isSameOrigin,
  readSessionCookie,
  writeSessionCookie,
} from '../../../server/session-cookie.ts';

const credentials = z.object({ email: z.string().trim().min(1).max(320), password: z.string().min(1).max(1024) });

interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
}

/** Signs in. Answers the access token; the refresh token goes into the cookie and is never seen by a script. */
export async function POST(request: NextRequest): Promise<NextResponse> {
  if (!isSameOrigin(request)) return refused(403, 'FORBIDDEN');
  const input = credentials.safeParse(await request.json().catch(() => null));
  if (!input.success) return refused(400, 'BAD_USER_INPUT');
  const answer = await askGateway(SignInDocument, input.data, addressOf(request));
  if (answer.kind === 'failed') return refused(statusOf(answer.code), answer.code, answer.requestId);
  const { signIn } = answer.data;
  if (signIn.__typename !== 'Session') return refused(401, 'INVALID_CREDENTIALS');
  return withTokens(request, signIn);
}

/** Trades the cookie for a new access token. 401 ends the session; any other failure leaves it as it is. */
export async function PUT(request: NextRequest): Promise<NextResponse> {
  if (!isSameOrigin(request)) return refused(403, 'FORBIDDEN');
  const refreshToken = readSessionCookie(request);
  if (refreshToken === null) return refused(401, 'UNAUTHENTICATED');
  const answer = await askGateway(RefreshSessionDocument, { refreshToken }, addressOf(request));
  if (answer.kind === 'failed') return refused(503, answer.code, answer.requestId);
  const { refreshSession } = answer.data;
  if (refreshSession.__typename === 'Session') return withTokens(request, refreshSession);
  const response = refused(401, 'UNAUTHENTICATED');
  clearSessionCookie(request, response);
  return response;
}

/** Signs out here even when the gateway cannot be told: the cookie goes either way. */
export async function DELETE(request: NextRequest): Promise<NextResponse> {
  if (!isSameOrigin(request)) return refused(403, 'FORBIDDEN');
  const refreshToken = readSessionCookie(request);
  if (refreshToken !== null) await askGateway(SignOutDocument, { refreshToken }, addressOf(request));
  const response = new NextResponse(null, { status: 204 });
  clearSessionCookie(request, response);
  return response;
}

/** Time left instead of a time: a browser's clock may be wrong by hours. */
function withTokens(request: NextRequest, tokens: Tokens): NextResponse {
  const expiresInMs = Math.max(0, Date.parse(tokens.accessTokenExpiresAt) - Date.now());
  const response = NextResponse.json({ accessToken: tokens.accessToken, expiresInMs });
  response.headers.set('cache-control', 'no-store');
  writeSessionCookie(request, response, tokens.refreshToken);
  return response;
}

function refused(status: number, code: string, requestId: string | null = null): NextResponse {
  return NextResponse.json({ code, requestId }, { status, headers: { 'cache-control': 'no-store' } });
}

function statusOf(code: string): number {
  return code === 'RATE_LIMITED' ? 429 : code === 'BAD_USER_INPUT' ? 400 : 503;
}

function addressOf(request: NextRequest): string | null {
  return request.headers.get('x-forwarded-for');
}
