import type { AdmitOperation } from '../door/admit-operation.ts';
import { asGraphQLError } from '../execute/prepared-operation.ts';
import type { Quota } from './quota.ts';

/** Admission that also charges API keys for what was let in: last of all, so that nothing refused is paid for. */
export function chargeAdmission(admit: AdmitOperation, quota: Quota): AdmitOperation {
  return async (...asked) => {
    const admitted = await admit(...asked);
    if (admitted.kind === 'refused') return admitted;
    try {
      const [, viewer] = asked;
      const name = admitted.operation.name?.value ?? null;
      const quotaLeft = await quota.charge(viewer, { name, cost: admitted.cost });
      return quotaLeft === null ? admitted : { ...admitted, quotaLeft };
    } catch (error) {
      return { kind: 'refused', errors: [asGraphQLError(error)] };
    }
  };
}
