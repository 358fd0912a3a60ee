import type { Pool } from 'pg';
import type { Metrics } from './metrics.ts';

/** Shows how much of the connection pool is in use, and whether statements wait for it. */
export function measurePool(pool: Pool, metrics: Metrics): void {
  metrics.gaugeFrom('cauce_database_connections', 'Connections of the pool', ['state'], () => [
    { value: pool.idleCount, labels: { state: 'idle' } },
    { value: pool.totalCount - pool.idleCount, labels: { state: 'used' } },
  ]);
  metrics.gaugeFrom('cauce_database_waiting', 'Statements that wait for a connection', [], () => [
    { value: pool.waitingCount },
  ]);
}
