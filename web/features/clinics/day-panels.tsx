'use client';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import {
  AppointmentChangedDocument,
  type AppointmentRowFragment,
  ClinicAgendaDocument,
  ClinicSlotsDocument,
  ClinicStatsChangedDocument,
  ClinicUpcomingDocument,
} from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { useLive } from '../../graphql/use-live.ts';
import type { ScopeSite } from '../../shell/scope.ts';
import { PanelGrid } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useCoalesced } from '../../ui/use-coalesced.ts';
import { OccupancyPanel } from './occupancy-panel.tsx';
import { UpcomingPanel } from './upcoming-panel.tsx';
import { dayInstants } from './zone-day.ts';

const AgendaPanel = dynamic(() => import('./agenda-panel.tsx').then((module) => module.AgendaPanel), {
  ssr: false,
  loading: () => <SkeletonRows count={8} />,
});

/** The agenda of a day and who comes next; they change as appointments do. */
export function DayPanels({
  day,
  site,
  clinicId,
  onOpen,
}: {
  readonly day: string;
  readonly site: ScopeSite;
  readonly clinicId: string;
  readonly onOpen: (appointment: AppointmentRowFragment) => void;
}) {
  const { from, to } = useMemo(() => dayInstants(day, site.timeZone), [day, site.timeZone]);
  const agenda = useGraph(
    ClinicAgendaDocument,
    useMemo(() => ({ site: site.id, from, to }), [site.id, from, to]),
  );
  const slots = useGraph(
    ClinicSlotsDocument,
    useMemo(() => ({ clinic: clinicId, from, to }), [clinicId, from, to]),
  );
  const upcoming = useGraph(
    ClinicUpcomingDocument,
    useMemo(() => ({ site: site.id }), [site.id]),
  );
  const askAgain = useCoalesced(() => {
    agenda.retry();
    slots.retry();
    upcoming.retry();
  }, 1_000);
  const clinic = useMemo(() => ({ clinic: clinicId }), [clinicId]);
  // The appointment and the clinic's numbers change in the cache; the lists they belong to are asked for again.
  useLive(AppointmentChangedDocument, clinic, { onEvent: askAgain });
  useLive(ClinicStatsChangedDocument, clinic);
  return (
    <>
      <PanelGrid>
        <OccupancyPanel slots={slots} day={day} timeZone={site.timeZone} />
        <UpcomingPanel upcoming={upcoming} onOpen={onOpen} />
      </PanelGrid>
      <AgendaPanel agenda={agenda} day={day} siteCode={site.code} />
    </>
  );
}
