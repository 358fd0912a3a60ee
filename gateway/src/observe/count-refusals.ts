import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { AdmitOperation } from '../door/admit-operation.ts';
import { knownCode } from './operation-metrics.ts';

/** Counts by code what the door lets in no further: unreadable, invalid, too large, too costly, over its quota. */
export function countRefusals(admit: AdmitOperation, metrics: Metrics): AdmitOperation {
  return async (...asked) => {
    const admitted = await admit(...asked);
    if (admitted.kind === 'refused') {
      for (const { extensions } of admitted.errors) {
        const code = knownCode(extensions.code);
        metrics.count('cauce_refusals_total', 'Operations refused at the door, by code', { code });
      }
    }
    return admitted;
  };
}
