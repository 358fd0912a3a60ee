import { runSubgraph } from '@cauce/shared/subgraph/run-subgraph';
import { createFinanceSubgraph } from './subgraph.ts';

await runSubgraph('finance', createFinanceSubgraph);
