import { runSubgraph } from '@cauce/shared/subgraph/run-subgraph';
import { createAccessSubgraph } from './subgraph.ts';

await runSubgraph('access', createAccessSubgraph);
