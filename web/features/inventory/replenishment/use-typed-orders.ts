'use client';
import { createParser, useQueryState } from 'nuqs';
import { useCallback } from 'react';
import { readTypedOrders, type Typed, type TypedOrders, writeTypedOrders } from './typed-orders.ts';

const parser = createParser<TypedOrders>({
  parse: readTypedOrders,
  serialize: writeTypedOrders,
  eq: (left, right) => writeTypedOrders(left) === writeTypedOrders(right),
}).withOptions({ history: 'replace' });

const nothing: Typed = {};

/** What somebody typed instead of the proposed quantities of a site: in the address, so that it outlives a reload and goes along with a link. */
export function useTypedOrders(siteId: string) {
  const [kept, keep] = useQueryState('orders', parser);
  const type = useCallback(
    (productId: string, text: string | undefined) =>
      void keep((before) => {
        const { [productId]: _before, ...others } = before?.siteId === siteId ? before.typed : nothing;
        const typed = text === undefined ? others : { ...others, [productId]: text };
        return Object.keys(typed).length === 0 ? null : { siteId, typed };
      }),
    [keep, siteId],
  );
  const untype = useCallback(() => void keep(null), [keep]);
  return { typed: kept?.siteId === siteId ? kept.typed : nothing, type, untype };
}
