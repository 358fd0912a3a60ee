import { useTranslations } from 'next-intl';
import { SkeletonChart, SkeletonRows, SkeletonStats, SkeletonText } from '../ui/skeleton.tsx';
import { Brand } from './brand.tsx';
import header from './header.module.css';
import navigation from './navigation.module.css';
import classes from './shell.module.css';
import skeleton from './shell-skeleton.module.css';

/** The frame before anybody knows who is looking: already in its place, so that nothing jumps. */
export function ShellSkeleton() {
  return (
    <div className={classes.shell} aria-busy="true">
      <aside className={classes.side}>
        <div className={navigation.column}>
          <span className={navigation.home}>
            <Brand />
          </span>
          <div className={skeleton.links}>
            {['72%', '84%', '78%', '60%', '48%', '66%'].map((width) => (
              <SkeletonText key={width} width={width} />
            ))}
          </div>
        </div>
      </aside>
      <div className={classes.main}>
        <div className={header.header}>
          <SkeletonText width="300px" />
        </div>
        <main>
          <SlowNote />
          <PageSkeleton />
        </main>
      </div>
    </div>
  );
}

/** The address of the page itself, with all that is in it. */
const here = '';

/**
 * Says after some seconds that nothing has come yet. Styles alone bring it up and a link loads the page again: the script
 * itself may be what did not come.
 */
function SlowNote() {
  const t = useTranslations('app.slow');
  return (
    <div className={skeleton.slow}>
      <strong>{t('title')}</strong>
      <p>{t('hint')}</p>
      <a href={here}>{t('again')}</a>
    </div>
  );
}

/** The usual shape of a page: headline numbers, a chart, a table. */
export function PageSkeleton() {
  return (
    <div className={skeleton.page}>
      <SkeletonText width="180px" />
      <SkeletonStats count={5} />
      <div className={skeleton.panels}>
        <div className={skeleton.panel}>
          <SkeletonChart height={260} />
        </div>
        <div className={skeleton.panel}>
          <SkeletonRows count={7} />
        </div>
      </div>
    </div>
  );
}
