'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useClient } from 'urql';
import { toFailures } from '../../graphql/failures.ts';
import { ChangePasswordDocument } from '../../graphql/generated/graphql.ts';
import { Brand } from '../../shell/brand.tsx';
import { LanguageSwitch } from '../../shell/language-switch.tsx';
import { Button } from '../../ui/button.tsx';
import classes from './sign-in.module.css';

type Reason = 'MISMATCH' | 'INVALID_CREDENTIALS' | 'UNCHANGED' | 'WEAK' | 'RATE_LIMITED' | 'UNAVAILABLE';

/** The only page for who still has the password that somebody else chose: they choose their own, and go on. */
export function NewPassword({ email }: { readonly email: string }) {
  const t = useTranslations('newPassword');
  const client = useClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [refusal, setRefusal] = useState<Reason | null>(null);
  const [isBusy, setBusy] = useState(false);

  const change = async (): Promise<Reason | null> => {
    if (next !== again) return 'MISMATCH';
    const { data, error } = await client
      .mutation(ChangePasswordDocument, { currentPassword: current, newPassword: next })
      .toPromise();
    const [failure] = toFailures(error);
    if (failure !== undefined || data === undefined) {
      return failure?.code === 'RATE_LIMITED' ? 'RATE_LIMITED' : 'UNAVAILABLE';
    }
    const { changePassword } = data;
    if (changePassword.__typename === 'InvalidCredentials') return 'INVALID_CREDENTIALS';
    if (changePassword.__typename === 'ValidationFailed') {
      return changePassword.fields.some(({ code }) => code === 'UNCHANGED') ? 'UNCHANGED' : 'WEAK';
    }
    // Every sign-in ended with the old password, this one too.
    return (await signIn(email, next)) ? null : 'UNAVAILABLE';
  };
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    const reason = await change();
    if (reason === null) return window.location.reload();
    setBusy(false);
    setRefusal(reason);
  };
  const field = (label: string, value: string, set: (text: string) => void, autoComplete: string) => (
    <label className={classes.field}>
      {label}
      <input
        type="password"
        autoComplete={autoComplete}
        required
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <LanguageSwitch />
      </header>
      <main className={classes.card}>
        <h1 className={classes.title}>{t('title')}</h1>
        <p className={classes.about}>{t('about')}</p>
        <form className={classes.form} onSubmit={(event) => void onSubmit(event)} aria-busy={isBusy}>
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          {field(t('current'), current, setCurrent, 'current-password')}
          {field(t('next'), next, setNext, 'new-password')}
          <p className={classes.about}>{t('hint')}</p>
          {field(t('again'), again, setAgain, 'new-password')}
          <p className={classes.refusal} role="alert">
            {refusal === null ? null : t(`refused.${refusal}`)}
          </p>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {isBusy ? t('busy') : t('submit')}
          </Button>
        </form>
      </main>
    </div>
  );
}

async function signIn(email: string, password: string): Promise<boolean> {
  try {
    const response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    return response.ok;
  } catch {
    return false;
  }
}
