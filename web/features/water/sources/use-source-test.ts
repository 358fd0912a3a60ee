'use client';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { toFailures } from '../../../graphql/failures.ts';
import { WaterSourceTestedDocument, type WaterSourceTestedSubscription } from '../../../graphql/generated/graphql.ts';
import type { Refusal } from '../../../graphql/use-act.ts';

type Tested = WaterSourceTestedSubscription['providerTested'];

/** The test of a provider: begun by hand, told step by step, and given up when it is cancelled or the page leaves it. */
export function useSourceTest(id: string) {
  const client = useClient();
  const [state, setState] = useState<'new' | 'running' | 'done' | 'cancelled'>('new');
  const [tested, setTested] = useState<Tested | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  const refuse = (code: string, message: string) => {
    stop.current();
    setState('done');
    setRefusal({ code, message, fields: [] });
  };
  const run = () => {
    stop.current();
    setState('running');
    setTested(null);
    setRefusal(null);
    const { unsubscribe } = client.subscription(WaterSourceTestedDocument, { id }).subscribe(({ data, error }) => {
      const failure = toFailures(error)[0];
      if (failure !== undefined) return refuse(failure.code, error?.message ?? failure.code);
      const progress = data?.providerTested;
      if (progress === undefined) return;
      if (progress.refused !== null) return refuse(progress.refused, progress.refused);
      setTested(progress);
      if (!progress.isDone) return;
      setState('done');
      // Or it would begin again with a lost connection.
      stop.current();
    });
    stop.current = unsubscribe;
  };
  const cancel = () => {
    stop.current();
    setState('cancelled');
  };
  return { state, tested, refusal, run, cancel };
}
