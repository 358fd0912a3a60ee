'use client';
import { IconMapPin } from '@tabler/icons-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRouter } from '../i18n/navigation.ts';
import { ChoiceList } from '../ui/choice-list.tsx';
import { Sheet } from '../ui/sheet.tsx';
import classes from './command-palette.module.css';
import { pages } from './pages.ts';
import { useScope } from './scope.ts';
import { useCan, useViewer } from './viewer.tsx';

/** Every page and every site the viewer may open, a few letters away. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const me = useViewer();
  const can = useCan();
  const scope = useScope();
  const router = useRouter();
  const query = Object.fromEntries(useSearchParams());
  const choices = [
    ...pages
      .filter(({ permission }) => permission === null || can(permission))
      .map(({ id, icon: Icon }) => ({
        id: `page:${id}`,
        label: t(`pages.${id}`),
        note: t('palette.page'),
        icon: <Icon size={16} />,
      })),
    ...me.sites.map(({ id, name, kind }) => ({
      id: `site:${id}`,
      label: name,
      note: t(`places.kinds.${kind}`),
      icon: <IconMapPin size={16} />,
    })),
  ];
  const open = (id: string) => {
    onClose();
    const page = pages.find((one) => `page:${one.id}` === id);
    if (page === undefined) scope.setSite(id.slice('site:'.length));
    else router.push({ pathname: page.href, query });
  };
  return (
    <Sheet name={t('palette.name')} side="middle" onClose={onClose}>
      <div className={classes.palette}>
        <ChoiceList
          name={t('palette.name')}
          choices={choices}
          selectedId={null}
          onChoose={open}
          search={{ placeholder: t('palette.placeholder'), nothing: t('places.nothing') }}
        />
      </div>
    </Sheet>
  );
}
