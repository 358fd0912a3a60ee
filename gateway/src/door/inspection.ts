import { can, type Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import { BREAK, type DocumentNode, visit } from 'graphql';
import type { ReadyOperation } from '../execute/prepared-operation.ts';

/** Who may look into the graph itself: its schema, suggestions from it, plans and costs. */
export interface Inspection {
  mayInspect(viewer: Viewer): boolean;
  /** Throws INTROSPECTION_DISABLED when the operation asks for the schema and its viewer may not see it. */
  refuseIntrospection(prepared: ReadyOperation, viewer: Viewer): void;
}

/** `isOpen` lets everybody look, as in development; otherwise it takes the permission `platform:inspect`. */
export function createInspection(isOpen: boolean): Inspection {
  const asking = new WeakMap<ReadyOperation, boolean>();
  const asksForSchema = (prepared: ReadyOperation): boolean => {
    const known = asking.get(prepared);
    if (known !== undefined) return known;
    const found = holdsIntrospection(prepared.document);
    asking.set(prepared, found);
    return found;
  };
  const mayInspect = (viewer: Viewer) => isOpen || can(viewer, 'platform:inspect');
  return {
    mayInspect,
    refuseIntrospection(prepared, viewer) {
      if (mayInspect(viewer) || !asksForSchema(prepared)) return;
      throw new AppError('INTROSPECTION_DISABLED', 'The schema is told to those who may inspect the platform');
    },
  };
}

function holdsIntrospection(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    Field: ({ name }) => {
      if (name.value !== '__schema' && name.value !== '__type') return undefined;
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}
