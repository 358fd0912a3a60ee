'use client';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import type { DemoSignIn } from '../../server/environment.ts';
import { Button } from '../../ui/button.tsx';
import { safeNext } from './safe-next.ts';
import classes from './sign-in.module.css';

const reasons = ['INVALID_CREDENTIALS', 'RATE_LIMITED', 'BAD_USER_INPUT'] as const;
type Reason = (typeof reasons)[number] | 'UNAVAILABLE';

/** E-mail and password; in demo mode also the sign-ins to try it with. What was typed stays when it is refused. */
export function SignInForm({ demoSignIns }: { readonly demoSignIns: readonly DemoSignIn[] }) {
  const t = useTranslations('signIn');
  const locale = useLocale();
  const next = safeNext(useSearchParams().get('next'));
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Reason | null>(null);
  const [isBusy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const signIn = async (credentials: { readonly email: string; readonly password: string }) => {
    setBusy(true);
    setRefusal(null);
    const reason = await postCredentials(credentials);
    // A new document: nothing of whoever was here before stays in memory.
    if (reason === null) return window.location.replace(`/${locale}${next}`);
    setBusy(false);
    setRefusal(reason);
    passwordField.current?.select();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void signIn({ email, password });
  };
  return (
    <>
      <form className={classes.form} onSubmit={onSubmit} aria-busy={isBusy}>
        <label className={classes.field}>
          {t('email')}
          <input
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
        <label className={classes.field}>
          {t('password')}
          <input
            ref={passwordField}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            aria-invalid={refusal === 'INVALID_CREDENTIALS'}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <p className={classes.refusal} role="alert">
          {refusal === null ? null : t(`refused.${refusal}`)}
        </p>
        <Button type="submit" look="primary" isBusy={isBusy}>
          {isBusy ? t('busy') : t('submit')}
        </Button>
      </form>
      {demoSignIns.length === 0 ? null : (
        <section className={classes.demo} aria-label={t('demo')}>
          <h2>{t('demo')}</h2>
          <ul>
            {demoSignIns.map((person) => (
              <li key={person.email}>
                <button type="button" onClick={() => void signIn(person)} disabled={isBusy}>
                  <span>{person.name}</span>
                  <span className={classes.role}>{person.role}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

async function postCredentials(credentials: {
  readonly email: string;
  readonly password: string;
}): Promise<Reason | null> {
  try {
    const response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: credentials.email, password: credentials.password }),
    });
    if (response.ok) return null;
    const { code }: { code?: string } = await response.json();
    return reasons.find((one) => one === code) ?? 'UNAVAILABLE';
  } catch {
    return 'UNAVAILABLE';
  }
}
