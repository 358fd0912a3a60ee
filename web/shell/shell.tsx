'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';

const CommandPalette = dynamic(() => import('./command-palette.tsx').then((module) => module.CommandPalette), {
  ssr: false,
});
const PhoneDrawer = dynamic(() => import('./phone-drawer.tsx').then((module) => module.PhoneDrawer), { ssr: false });

const foldedKey = 'cauce-navigation-folded';

/** The frame around every page: navigation at the left, what the page is about above it. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('header');
  const [isFolded, setFolded] = useState(() => localStorage.getItem(foldedKey) === 'true');
  const [opened, setOpened] = useState<'menu' | 'search' | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpened('search');
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const fold = () => {
    setFolded(!isFolded);
    localStorage.setItem(foldedKey, String(!isFolded));
  };
  return (
    <div className={classes.shell} data-folded={isFolded}>
      <a href="#content" className={classes.skip}>
        {t('skip')}
      </a>
      <aside className={classes.side}>
        <Navigation isNarrow={isFolded} />
      </aside>
      <div className={classes.main}>
        <Header onMenu={() => setOpened('menu')} onFold={fold} onSearch={() => setOpened('search')} />
        <main id="content" tabIndex={-1} className={classes.content}>
          {children}
        </main>
      </div>
      {opened === 'search' ? <CommandPalette onClose={() => setOpened(null)} /> : null}
      {opened === 'menu' ? <PhoneDrawer onClose={() => setOpened(null)} /> : null}
    </div>
  );
}
