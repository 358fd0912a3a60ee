import type { Prisma, Rule } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { requireAllPoints } from '../places/reach-of-points.ts';
import { type SaveRuleInput, saveRuleSchema } from './rule-input.ts';
import { ruleParameters, watchedVariables } from './rule-parameters.ts';

/** What is watched, as far as one viewer may see and change it. */
export interface Rules {
  /** By kind and name: those of points within reach, told apart by `pointId`, and those of whole companies. */
  list(filter: { readonly pointIds?: readonly string[] | null | undefined }): Promise<readonly Rule[]>;
  /** @throws NotFound, Conflict (`OTHER_KIND`, `NOT_ALL_SITES`) or ValidationFailed */
  save(input: unknown): Promise<Rule>;
}

export interface RulesDeps {
  readonly client: ScopedClient;
  readonly actor: AuditActor;
}

const rulesAtMost = 5_000;

export function createRules({ client, actor }: RulesDeps): Rules {
  return {
    list: ({ pointIds }) =>
      client.rule.findMany({
        where: {
          AND: [
            withinReach(actor),
            pointIds == null ? {} : { OR: [{ pointId: { in: onlyUuids(pointIds) } }, { pointId: null }] },
          ],
        },
        orderBy: [{ kind: 'asc' }, { name: 'asc' }, { id: 'asc' }],
        take: rulesAtMost,
      }),

    save: (input) => {
      const given = parseInput(saveRuleSchema, input);
      const parameters = checkParameters(given);
      return client.$transaction(async (tx) => {
        const mine = { AND: [{ id: given.id ?? '' }, withinReach(actor)] };
        const before = given.id == null ? null : await tx.rule.findFirst({ where: mine });
        if (given.id != null && before === null) throw new NotFound('Rule');
        const after =
          before === null ? await insert(tx, actor, given, parameters) : await replace(tx, before, given, parameters);
        if (after.pointId === null) await requireAllPoints(tx, actor.viewer, { companyId: after.companyId });
        await recordAudit(tx, actor, {
          action: 'telemetry.saveRule',
          ...{ entityType: 'Rule', entityId: after.id, companyId: after.companyId, before, after },
        });
        return after;
      });
    },
  };
}

/** A rule of one point belongs to the point's site. */
function withinReach({ viewer: { siteIds } }: AuditActor): Prisma.RuleWhereInput {
  return siteIds === 'all' ? {} : { OR: [{ pointId: null }, { point: { is: { siteId: { in: [...siteIds] } } } }] };
}

function checkParameters({ kind, variable, parameters }: SaveRuleInput): Prisma.InputJsonObject {
  const only = watchedVariables[kind];
  if (variable != null && only !== null && variable !== only) {
    throw new ValidationFailed([{ path: 'variable', code: 'NOT_WATCHED', message: `${kind} watches ${only}` }]);
  }
  if (variable != null && kind === 'SCHEMA_VALIDATION') {
    throw new ValidationFailed([{ path: 'variable', code: 'NOT_WATCHED', message: `${kind} watches whole groups` }]);
  }
  const parsed = ruleParameters[kind].safeParse(parameters ?? {});
  if (parsed.success) return parsed.data;
  throw new ValidationFailed(
    parsed.error.issues.map(({ path, code, message }) => ({
      path: ['parameters', ...path].join('.'),
      code: code.toUpperCase(),
      message,
    })),
  );
}

async function insert(
  tx: ScopedTransaction,
  { viewer }: AuditActor,
  { companyId, pointId, kind, variable, name, severity, isActive }: SaveRuleInput,
  parameters: Prisma.InputJsonObject,
): Promise<Rule> {
  const point = pointId == null ? null : await tx.catchmentPoint.findFirst({ where: { id: pointId, deletedAt: null } });
  if (pointId != null && (point === null || (companyId != null && companyId !== point.companyId))) {
    throw new NotFound('CatchmentPoint');
  }
  const owner = point?.companyId ?? companyId;
  if (owner == null) throw new ValidationFailed([{ path: 'companyId', code: 'REQUIRED', message: 'say whose it is' }]);
  if (!reaches(viewer.companyIds, owner)) throw new NotFound('Company');
  return tx.rule.create({
    data: {
      ...{ companyId: owner, pointId: pointId ?? null, kind, variable: variable ?? null, name, parameters },
      ...(severity == null ? {} : { severity }),
      ...{ isActive: isActive ?? true, createdBy: viewer.userId },
    },
  });
}

/** A change of what is watched is another version: evidence tells which one spoke. What a rule is about stays. */
async function replace(
  tx: ScopedTransaction,
  before: Rule,
  { kind, pointId, variable, name, severity, isActive }: SaveRuleInput,
  parameters: Prisma.InputJsonObject,
): Promise<Rule> {
  if (kind !== before.kind || (pointId ?? null) !== before.pointId) {
    throw new Conflict('OTHER_KIND', 'A rule stays with its kind and its point: switch it off and make another');
  }
  return tx.rule.update({
    where: { id: before.id },
    data: {
      ...{ variable: variable ?? null, name, parameters, version: before.version + 1 },
      ...(severity == null ? {} : { severity }),
      ...(isActive == null ? {} : { isActive }),
    },
  });
}
