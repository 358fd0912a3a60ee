import { z } from 'zod';
import { type Answer, at, computed, object, valueAt } from '../answer.ts';
import type { Route } from '../route.ts';

const session = (field: string): Answer =>
  object({
    token: at(`${field}.token`),
    refreshToken: at(`${field}.refreshToken`),
    expiresIn: computed(z.int().meta({ description: 'Seconds until the token ends.' }), ({ data, now }) =>
      Math.max(0, Math.floor((Date.parse(String(valueAt(data, `${field}.expiresAt`))) - now.getTime()) / 1_000)),
    ),
    user: at(`${field}.user`),
  });

/** Sessions of people. Programs use API keys and need none of these. */
export const authRoutes: readonly Route[] = [
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/auth/login',
    tag: 'auth',
    summary: 'Opens a session',
    description: 'Wrong credentials are answered 400, as source systems’ clients expect; too many tries 429.',
    isPublic: true,
    operation: 'sign-in',
    rules: { email: z.string().min(1).max(320), password: z.string().min(1).max(1_000) },
    failures: { InvalidCredentials: 400 },
    answer: session('signIn'),
    example: { email: 'gerente@cauce.example', password: 'cauce-rio-abajo' },
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/auth/refresh',
    tag: 'auth',
    summary: 'Renews a session; the refresh token is replaced as well',
    isPublic: true,
    operation: 'refresh-session',
    answer: session('refreshSession'),
    example: { refreshToken: 'the-refresh-token-of-the-last-answer' },
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/auth/logout',
    tag: 'auth',
    summary: 'Ends a session',
    isPublic: true,
    operation: 'sign-out',
    example: { refreshToken: 'the-refresh-token-of-the-last-answer' },
  },
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/auth/me',
    tag: 'auth',
    summary: 'Who you are and what you reach',
    description: 'For an API key, the person it belongs to.',
    operation: 'me',
    one: 'me',
    answer: object({ user: at('me') }),
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/auth/register',
    tag: 'auth',
    summary: 'Adds a person',
    description: 'For administrators: nobody gives rights to themselves. The new person then opens a session.',
    operation: 'register',
    rules: {
      email: z.string().min(1).max(320),
      password: z.string().min(1).max(1_000),
      name: z.string().min(1).max(255),
    },
    failures: { Conflict: 400 },
    status: 201,
    answer: object({ user: at('register') }),
    example: { email: 'nueva@socio.example', password: 'una-frase-larga-y-propia', name: 'Nueva Persona' },
  },
];
