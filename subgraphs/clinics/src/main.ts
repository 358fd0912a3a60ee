import { runSubgraph } from '@cauce/shared/subgraph/run-subgraph';
import { createClinicsSubgraph } from './subgraph.ts';

await runSubgraph('clinics', createClinicsSubgraph);
