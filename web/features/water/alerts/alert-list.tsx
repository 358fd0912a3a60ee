'use client';
import { useState } from 'react';
import type { SiteAlertFragment } from '../../../graphql/generated/graphql.ts';
import { useCan } from '../../../shell/viewer.tsx';
import classes from '../water.module.css';
import { AcknowledgeForm } from './acknowledge-form.tsx';
import { InboxAlert } from './inbox-alert.tsx';

/** Alerts one under the other; who may, says that one was seen. */
export function AlertList({
  alerts,
  hasPoint = true,
  onChanged,
}: {
  readonly alerts: readonly SiteAlertFragment[];
  /** Names the point of each. */
  readonly hasPoint?: boolean;
  readonly onChanged: () => void;
}) {
  const isAllowed = useCan()('telemetry:write');
  const [openId, setOpenId] = useState<string | null>(null);
  const open = alerts.find(({ id }) => id === openId);
  return (
    <>
      <ul className={classes.alerts}>
        {alerts.map((alert) => (
          <InboxAlert
            key={alert.id}
            alert={alert}
            hasPoint={hasPoint}
            {...(isAllowed ? { onAcknowledge: setOpenId } : {})}
          />
        ))}
      </ul>
      {open === undefined ? null : <AcknowledgeForm alert={open} onDone={onChanged} onClose={() => setOpenId(null)} />}
    </>
  );
}
