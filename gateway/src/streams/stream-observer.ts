import type { Viewer } from '@cauce/shared/auth/viewer';
import type { GraphQLError } from 'graphql';
import type { StreamRequest } from './stream-hub.ts';

/** Told of what happens to each subscription; for measuring, and part of no answer. */
export interface StreamObserver {
  /** Runs the joining of a stream. */
  joining<Value>(request: StreamRequest, viewer: Viewer, work: () => Promise<Value>): Promise<Value>;
  joined(request: StreamRequest, viewer: Viewer): ObservedMember;
  refused(errors: readonly GraphQLError[] | undefined): void;
}

export interface ObservedMember {
  delivered(): void;
  left(): void;
}
