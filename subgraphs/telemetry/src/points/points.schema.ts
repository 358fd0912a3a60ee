import { AppError } from '@cauce/shared/errors/app-error';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { pointOrders } from './point.ts';

/** Adds `catchmentPoints` and `catchmentPoint`. */
export function addPointQueries(builder: TelemetryBuilder, { point, pointType, pointStatus }: TelemetryRefs): void {
  const authScopes = { permission: 'telemetry:read' } as const;
  const order = builder.enumType('CatchmentPointOrder', {
    description: 'How points are sorted; equal ones by id.',
    values: pointOrders,
  });
  const filter = builder.inputType('CatchmentPointFilter', {
    description: 'Which points; everything that is given must hold.',
    fields: (t) => ({
      search: t.string({ required: false, description: 'Part of the name or the code, in any case.' }),
      siteIds: t.idList({ required: false, description: 'At one of these sites.' }),
      companyIds: t.idList({ required: false, description: 'Of one of these companies.' }),
      types: t.field({ type: [pointType], required: false, description: 'Of one of these types.' }),
      statuses: t.field({ type: [pointStatus], required: false, description: 'In one of these states.' }),
      hasOpenAlerts: t.boolean({ required: false, description: 'With, or without, an episode that is not over.' }),
    }),
  });

  builder.queryField('catchmentPoints', (t) =>
    t.connection(
      {
        type: point,
        authScopes,
        description: 'Catchment points within reach.',
        args: {
          filter: t.arg({ type: filter, required: false, description: 'Which; all if left out.' }),
          orderBy: t.arg({ type: order, required: false, description: 'By name if left out.' }),
        },
        resolve: (_root, { filter: given, orderBy, ...page }, { services }) =>
          services.points.page(given ?? {}, orderBy ?? 'NAME_ASC', page),
      },
      { name: 'CatchmentPointConnection', description: 'A page of catchment points.' },
      { name: 'CatchmentPointEdge', description: 'A catchment point in a page.' },
    ),
  );
  builder.queryField('catchmentPoint', (t) =>
    t.field({
      type: point,
      nullable: true,
      authScopes,
      description: 'One point by its id or its code; null when there is none within reach.',
      args: {
        id: t.arg.id({ required: false, description: 'Its id.' }),
        code: t.arg.string({ required: false, description: 'Its code.' }),
      },
      resolve: (_root, { id, code }, { services }) => {
        if (id != null && code == null) return services.points.byId(id);
        if (code != null && id == null) return services.points.byCode(code);
        throw new AppError('BAD_USER_INPUT', 'Give id or code', { detail: { argument: 'id' } });
      },
    }),
  );
}
