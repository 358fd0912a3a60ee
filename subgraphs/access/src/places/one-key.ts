import { AppError } from '@cauce/shared/errors/app-error';

export interface OneKey {
  readonly by: 'id' | 'code';
  readonly value: string;
}

export interface KeyArgs {
  readonly id?: string | null | undefined;
  readonly code?: string | null | undefined;
}

/** Reads the arguments of a field that finds one thing by id or by code. Throws `BAD_USER_INPUT` for both or none. */
export function readOneKey({ id, code }: KeyArgs): OneKey {
  if (typeof id === 'string' && typeof code !== 'string') return { by: 'id', value: id };
  if (typeof code === 'string' && typeof id !== 'string') return { by: 'code', value: code };
  throw new AppError('BAD_USER_INPUT', 'Give either id or code', { detail: { argument: 'id' } });
}
