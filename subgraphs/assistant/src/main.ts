import { runSubgraph } from '@cauce/shared/subgraph/run-subgraph';
import { createAssistantSubgraph } from './subgraph.ts';

await runSubgraph('assistant', createAssistantSubgraph);
