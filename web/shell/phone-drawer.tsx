'use client';
import { useTranslations } from 'next-intl';
import { CompanySwitcher } from '../ui/place-switchers.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Navigation } from './navigation.tsx';
import { useScope } from './scope.ts';
import { useViewer } from './viewer.tsx';

/** The navigation on a phone. */
export function PhoneDrawer({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('header');
  const me = useViewer();
  const scope = useScope();
  return (
    <Sheet name={t('menu')} side="left" onClose={onClose}>
      <Navigation
        onLeave={onClose}
        top={
          <CompanySwitcher companies={me.companies} companyId={scope.company?.id ?? null} onChange={scope.setCompany} />
        }
      />
    </Sheet>
  );
}
