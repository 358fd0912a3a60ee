import { runSubgraph } from '@cauce/shared/subgraph/run-subgraph';
import { createTelemetrySubgraph } from './subgraph.ts';

await runSubgraph('telemetry', createTelemetrySubgraph);
