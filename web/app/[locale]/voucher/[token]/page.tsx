import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { VoucherPage } from '../../../../features/voucher/voucher-page.tsx';
import { VoucherUnavailable } from '../../../../features/voucher/voucher-unavailable.tsx';
import { PublicVoucherDocument } from '../../../../graphql/generated/graphql.ts';
import { askGateway } from '../../../../server/ask-gateway.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('voucher');
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false, follow: false, nocache: true } };
}

/** A voucher that somebody was given the link of; read anew each time, so that an ended link shows nothing. */
export default async function Page({ params }: { readonly params: Promise<{ token: string }> }) {
  const { token } = await params;
  const address = (await headers()).get('x-forwarded-for');
  const answer = await askGateway(PublicVoucherDocument, { token }, address);
  if (answer.kind === 'failed') return <VoucherUnavailable code={answer.code} requestId={answer.requestId} />;
  if (answer.data.publicVoucher === null) notFound();
  return <VoucherPage voucher={answer.data.publicVoucher} />;
}
