import { createOpenDocuments } from '../documents/platform-documents.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { type AdmitOperation, createAdmitOperation } from './admit-operation.ts';
import { createInspection } from './inspection.ts';

const unbounded = Number.POSITIVE_INFINITY;
const unlimited = {
  anonymous: unbounded,
  roles: { VIEWER: unbounded, USER: unbounded, ANALYST: unbounded, MANAGER: unbounded, ADMIN: unbounded },
  apiKey: unbounded,
};

/** Admission to a graph that is not ours to protect, for benches and public suites: everything valid is admitted. */
export function createOpenAdmission(graph: FederatedGraph): AdmitOperation {
  return createAdmitOperation({
    graph,
    documents: createOpenDocuments(),
    budgets: unlimited,
    inspection: createInspection(true),
  });
}
