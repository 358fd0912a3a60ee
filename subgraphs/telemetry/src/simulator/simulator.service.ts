import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { CatchmentPoint } from '../points/point.ts';
import type { SimulatorScenario } from './faulty-line.ts';
import type { Simulator } from './simulator.ts';

export interface SimulatedPoint {
  readonly point: CatchmentPoint;
  readonly scenario: SimulatorScenario;
}

export interface SimulatorView {
  readonly isRunning: boolean;
  readonly devices: readonly SimulatedPoint[];
}

/** The demo's simulator, as far as one viewer may see and steer it. Each change is audited. */
export interface SimulatorControls {
  /** Null where nothing is simulated. */
  view(): Promise<SimulatorView | null>;
  /** @throws Conflict (`NOT_IN_DEMO`) */
  setRunning(isRunning: boolean): Promise<SimulatorView>;
  /** @throws Conflict (`NOT_IN_DEMO`) or NotFound */
  setScenario(pointId: string, scenario: SimulatorScenario): Promise<SimulatorView>;
}

export interface SimulatorControlsDeps {
  readonly client: ScopedClient;
  readonly actor: AuditActor;
  /** The process's simulator; null outside of the demo. */
  readonly simulator: Simulator | null;
  /** The points with these ids that the viewer reaches. */
  readonly reachable: (ids: readonly string[]) => Promise<readonly CatchmentPoint[]>;
}

export function createSimulatorControls(deps: SimulatorControlsDeps): SimulatorControls {
  const { client, actor, simulator, reachable } = deps;
  const viewOf = async (own: Simulator): Promise<SimulatorView> => {
    const scenarios = own.scenarios();
    const points = await reachable([...scenarios.keys()]);
    const devices = points.map((point) => ({ point, scenario: scenarios.get(point.id) ?? 'STEADY' }));
    return { isRunning: own.isRunning, devices: devices.toSorted((a, b) => (a.point.code < b.point.code ? -1 : 1)) };
  };
  const needed = (): Simulator => {
    if (simulator === null) throw new Conflict('NOT_IN_DEMO', 'Devices are simulated in the demo only');
    return simulator;
  };
  const audit = (entityId: string, place: Partial<CatchmentPoint>, after: unknown) =>
    client.$transaction((tx) =>
      recordAudit(tx, actor, {
        ...{ action: 'telemetry.steerSimulator', entityType: 'Simulator', entityId, after },
        ...{ companyId: place.companyId ?? null, siteId: place.siteId ?? null },
      }),
    );
  return {
    view: async () => (simulator === null ? null : viewOf(simulator)),
    async setRunning(isRunning) {
      const own = needed();
      await (isRunning ? own.start() : own.stop());
      await audit('simulator', {}, { isRunning });
      return viewOf(own);
    },
    async setScenario(pointId, scenario) {
      const own = needed();
      const [point] = await reachable(onlyUuids([pointId]));
      if (point === undefined || !own.setScenario(point.id, scenario)) throw new NotFound('SimulatedDevice');
      await audit(point.id, point, { scenario });
      return viewOf(own);
    },
  };
}
