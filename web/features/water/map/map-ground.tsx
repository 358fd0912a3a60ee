'use client';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import classes from './map-ground.module.css';
import { type Spot, scaleBar } from './project-points.ts';
import type { MapViewState } from './use-map-view.ts';

const barPx = 110;

/** The ground of a map without a network, with its scale and what it is zoomed with; `children` lie on it. */
export function MapGround({
  view,
  label,
  className,
  middle,
  isAll = view.isWhole,
  onAll = view.showAll,
  children,
}: {
  readonly view: MapViewState;
  readonly label: string;
  /** Says how high it is. */
  readonly className: string | undefined;
  /** What is looked at from nearer and farther; the middle of what is seen if left out. */
  readonly middle?: Spot | undefined;
  /** Whether all is seen already. */
  readonly isAll?: boolean;
  readonly onAll?: () => void;
  readonly children: ReactNode;
}) {
  const t = useTranslations('water.map');
  const format = useFormat();
  const bar = scaleBar(view.metresPerPx, barPx);
  return (
    <section
      ref={view.ref}
      className={`${classes.ground} ${className ?? ''}`}
      aria-label={label}
      data-zoomed={view.zoom > 1}
      {...view.pointer}
    >
      {view.width === 0 ? null : (
        <>
          {children}
          <div className={classes.tools}>
            <Button
              size="icon"
              aria-label={t('closer')}
              title={t('closer')}
              disabled={view.isNearest}
              icon={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => view.zoomBy(2, middle)}
            />
            <Button
              size="icon"
              aria-label={t('farther')}
              title={t('farther')}
              disabled={view.isFarthest}
              icon={<IconMinus size={16} aria-hidden="true" />}
              onClick={() => view.zoomBy(0.5, middle)}
            />
            <Button
              size="icon"
              aria-label={t('all')}
              title={t('all')}
              disabled={isAll}
              icon={<IconZoomReset size={16} aria-hidden="true" />}
              onClick={onAll}
            />
          </div>
          <span className={classes.scale} style={{ width: bar.px }}>
            {bar.metres >= 1_000 ? format.quantity(bar.metres / 1_000, 'km') : format.quantity(bar.metres, 'm')}
          </span>
        </>
      )}
    </section>
  );
}
