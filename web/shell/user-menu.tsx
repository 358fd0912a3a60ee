'use client';
import { useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useGraphContext } from '../graphql/graph-provider.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import classes from './user-menu.module.css';
import { useViewer } from './viewer.tsx';

const schemes = [
  ['auto', IconDeviceDesktop],
  ['light', IconSun],
  ['dark', IconMoon],
] as const;

/** Who is signed in, light or dark, and the way out. */
export function UserMenu({ isNarrow }: { readonly isNarrow: boolean }) {
  const t = useTranslations('user');
  const me = useViewer();
  const { session } = useGraphContext();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes.foot}>
      <Dropdown
        name={t('menu', { name: me.name })}
        look="bare"
        isUp
        hasChevron={!isNarrow}
        label={
          <span className={classes.person}>
            <span className={classes.initials} aria-hidden="true">
              {initials(me.name)}
            </span>
            {isNarrow ? (
              <span className={classes.hidden}>{me.name}</span>
            ) : (
              <span className={classes.names}>
                <span className={classes.name}>{me.name}</span>
                <span className={classes.role}>{t(`roles.${me.role}`)}</span>
              </span>
            )}
          </span>
        }
      >
        {() => (
          <div className={classes.menu}>
            <p className={classes.email}>{me.email}</p>
            <fieldset className={classes.schemes}>
              <legend>{t('appearance')}</legend>
              {schemes.map(([scheme, Icon]) => (
                <button
                  key={scheme}
                  type="button"
                  className={classes.scheme}
                  aria-pressed={colorScheme === scheme}
                  onClick={() => setColorScheme(scheme)}
                >
                  <Icon size={15} aria-hidden="true" />
                  {t(scheme)}
                </button>
              ))}
            </fieldset>
            <button type="button" className={classes.item} onClick={() => void session.signOut()}>
              <IconLogout size={16} aria-hidden="true" />
              {t('signOut')}
            </button>
          </div>
        )}
      </Dropdown>
    </div>
  );
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase();
}
