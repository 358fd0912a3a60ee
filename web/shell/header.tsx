'use client';
import { IconLayoutSidebar, IconMenu2, IconSearch } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { CompanySwitcher, SiteSwitcher } from '../ui/place-switchers.tsx';
import { RangePicker } from '../ui/range-picker.tsx';
import classes from './header.module.css';
import { LanguageSwitch } from './language-switch.tsx';
import { LiveStateButton } from './live-state.tsx';
import { useScope } from './scope.ts';
import { useComparisonNote } from './use-comparison-note.ts';
import { useViewer } from './viewer.tsx';

/** What everything below is about, whether it is live, and the way to anything else. */
export function Header({
  onMenu,
  onFold,
  onSearch,
}: {
  readonly onMenu: () => void;
  readonly onFold: () => void;
  readonly onSearch: () => void;
}) {
  const t = useTranslations('header');
  const me = useViewer();
  const scope = useScope();
  const sites = me.sites.filter((site) => site.company?.id === scope.company?.id);
  return (
    <header className={classes.header}>
      <button type="button" className={classes.menu} aria-label={t('menu')} onClick={onMenu}>
        <IconMenu2 size={19} aria-hidden="true" />
      </button>
      <button type="button" className={classes.fold} aria-label={t('fold')} onClick={onFold}>
        <IconLayoutSidebar size={17} stroke={1.6} aria-hidden="true" />
      </button>
      <div className={classes.scope}>
        <span className={classes.company}>
          <CompanySwitcher companies={me.companies} companyId={scope.company?.id ?? null} onChange={scope.setCompany} />
        </span>
        <SiteSwitcher sites={sites} siteId={scope.site?.id ?? null} onChange={scope.setSite} />
        <RangePicker
          range={scope.range}
          today={scope.today}
          note={useComparisonNote(scope)}
          onChange={scope.setRange}
        />
      </div>
      <div className={classes.tools}>
        <LiveStateButton />
        <button
          type="button"
          className={classes.search}
          onClick={onSearch}
          title={t('search')}
          aria-keyshortcuts="Meta+K Control+K"
        >
          <IconSearch size={15} aria-hidden="true" />
          <span className={classes.searchText}>{t('searchShort')}</span>
          <kbd className={classes.keys}>⌘K</kbd>
        </button>
        <LanguageSwitch />
      </div>
    </header>
  );
}
