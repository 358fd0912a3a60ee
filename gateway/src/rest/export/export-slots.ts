import { AppError } from '@cauce/shared/errors/app-error';

/** Files that may be made at once, in this process, for one person or key. */
export interface ExportSlots {
  /** Takes a slot and answers how to give it back, once however often it is called. Throws RATE_LIMITED when all are taken. */
  take(viewerId: string): () => void;
}

const retryAfterSeconds = 5;

export function createExportSlots(most: number): ExportSlots {
  const taken = new Map<string, number>();
  return {
    take(viewerId) {
      const now = taken.get(viewerId) ?? 0;
      if (now >= most) {
        throw new AppError('RATE_LIMITED', `At most ${most} files are made at once; wait for one to end`, {
          detail: { retryAfterSeconds },
        });
      }
      taken.set(viewerId, now + 1);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        const left = (taken.get(viewerId) ?? 1) - 1;
        if (left === 0) taken.delete(viewerId);
        else taken.set(viewerId, left);
      };
    },
  };
}
