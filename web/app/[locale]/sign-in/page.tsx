import type { Metadata } from 'next';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { SignInForm } from '../../../features/sign-in/sign-in-form.tsx';
import { SignInPage } from '../../../features/sign-in/sign-in-page.tsx';
import { readEnvironment } from '../../../server/environment.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn');
  return { title: t('title') };
}

export default async function Page() {
  await connection();
  return (
    <SignInPage>
      <SignInForm demoSignIns={readEnvironment().demoSignIns} />
    </SignInPage>
  );
}
