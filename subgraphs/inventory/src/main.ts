import { runSubgraph } from '@cauce/shared/subgraph/run-subgraph';
import { createInventorySubgraph } from './subgraph.ts';

await runSubgraph('inventory', createInventorySubgraph);
