import { runSubgraph } from '@cauce/shared/subgraph/run-subgraph';
import { createProductionSubgraph } from './subgraph.ts';

await runSubgraph('production', createProductionSubgraph);
