import { readFileSync } from 'node:fs';
import { AutoETS, initSync as initEts } from '@bsull/augurs/ets';
import { initSync as initMstl, MSTL } from '@bsull/augurs/mstl';
import { initSync as initSeasons, seasonalities } from '@bsull/augurs/seasons';

/** The library's own classes. Whoever makes an object of one frees it: the garbage collector does not see its memory. */
export interface AugursLibrary {
  readonly MSTL: typeof MSTL;
  readonly AutoETS: typeof AutoETS;
  readonly seasonalities: typeof seasonalities;
}

/** The library could not work with what it was given: too short, no model found. It is as good as before. */
export class AugursRefused extends Error {}

/** The library broke while it computed. Nothing can be asked of it again in this thread: end the thread. */
export class AugursDied extends Error {}

let library: AugursLibrary | null = null;
let isDead = false;

/**
 * Computes with augurs (Rust compiled to WebAssembly), which is read when it is first asked for. It computes without a
 * pause, so that long series belong in a thread of their own; its memory grows to what the longest needed and stays.
 * A panic leaves its memory as it was in the middle of a step, and the module knows no second instance: from then on
 * every call throws AugursDied. @throws AugursRefused, AugursDied
 */
export function withAugurs<Answer>(work: (augurs: AugursLibrary) => Answer): Answer {
  if (isDead) throw new AugursDied('augurs has broken before in this thread');
  library ??= readLibrary();
  try {
    return work(library);
  } catch (error) {
    if (error instanceof Error && error.name === 'RuntimeError') {
      isDead = true;
      throw new AugursDied('augurs broke', { cause: error });
    }
    // It throws texts as well as errors.
    throw new AugursRefused(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function readLibrary(): AugursLibrary {
  initMstl({ module: bytesOf('mstl') });
  initEts({ module: bytesOf('ets') });
  initSeasons({ module: bytesOf('seasons') });
  return { MSTL, AutoETS, seasonalities };
}

function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  const script = import.meta.resolve(`@bsull/augurs/${name}`);
  return new Uint8Array(readFileSync(new URL(`./${name}_bg.wasm`, script)));
}
