'use client';
import { useCallback, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { allPages } from '../../../graphql/all-pages.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  PointGroupsDocument,
  type PointGroupsQuery,
  type WaterGroupFragment,
  WaterGroupFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import type { ConnectionRows } from '../../../graphql/use-connection.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { DayRange } from '../../../ui/format/day-range.ts';

interface Asked {
  readonly point: string;
  readonly schema: string;
  readonly range: DayRange;
}

type Edge = NonNullable<NonNullable<PointGroupsQuery['catchmentPoint']>['groups']>['edges'][number];

/** The groups of a schema at a point, page by page. Give `asked` the same identity as long as it means the same. */
export function useGroups(asked: Asked): ConnectionRows<WaterGroupFragment> {
  const client = useClient();
  const [after, setAfter] = useState<{ readonly of: Asked; readonly cursor: string } | null>(null);
  const cursor = after?.of === asked ? after.cursor : null;
  const { data, isLoading, isOld, failed, retry } = useGraph(
    PointGroupsDocument,
    useMemo(() => ({ ...asked, after: cursor }), [asked, cursor]),
  );
  const groups = data?.catchmentPoint?.groups ?? null;
  const rows = useMemo(() => rowsOf(groups?.edges ?? []), [groups]);
  const loadMore = useCallback(() => {
    const end = groups?.pageInfo.endCursor;
    if (groups?.pageInfo.hasNextPage && end) setAfter({ of: asked, cursor: end });
  }, [groups, asked]);
  const allRows = useCallback(async () => {
    const edges = await allPages(async (from) => {
      const variables = { ...asked, after: from };
      const answer = await client.query(PointGroupsDocument, variables, { requestPolicy: 'network-only' });
      return answer.data?.catchmentPoint?.groups ?? null;
    });
    return rowsOf(edges);
  }, [client, asked]);
  return { rows, totalCount: groups?.totalCount ?? rows.length, loadMore, allRows, isLoading, isOld, failed, retry };
}

function rowsOf(edges: readonly Edge[]): readonly WaterGroupFragment[] {
  return edges.map(({ node }) => readFragment(WaterGroupFragmentDoc, node));
}
