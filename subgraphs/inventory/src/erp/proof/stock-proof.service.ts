import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { isUuid } from '@cauce/shared/db/uuid';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { ErpFailure } from '../erp-failure.ts';
import type { ErpSource } from '../erp-source.ts';
import { type OpenInstallationDeps, type StoredInstallation, sourceOf } from '../installation-settings.ts';
import { compareStock, firstDocument, type StockComparison, type StockDivergence } from './compare-stock.ts';
import { fromUnits, type StockBooks, type StockDocument } from './stock-books.ts';
import { type ProvedDivergence, readDivergences, type StockProof } from './stock-proof.ts';

/** Holding an ERP's stock against what it says moved it, for who looks after its copy. */
export interface StockProofs {
  /** The last one of an ERP; null when nobody asked for one yet, or the ERP is not within reach. */
  last(installationId: string): Promise<StockProof | null>;
  /** @throws NotFound or Conflict (`NOT_CONFIRMED`, `NO_MOVEMENTS`, or the ERP's failure) */
  prove(installationId: string): Promise<StockProof>;
}

export interface StockProofsDeps extends Pick<Deps, 'clock' | 'settings'> {
  readonly client: ScopedClient;
  readonly secretBox: SecretBox;
  readonly actor: AuditActor;
  readonly signal: AbortSignal;
  /** Opens an ERP; another one in tests. */
  readonly open?: (deps: OpenInstallationDeps, row: StoredInstallation & { readonly mapping: unknown }) => ErpSource;
}

/** A person is waiting. */
const proofMs = 120_000;
const mostKept = 200;
const proofsKept = 20;

export function createStockProofs(deps: StockProofsDeps): StockProofs {
  const { client, clock, secretBox, actor, settings } = deps;
  const toProof = (row: Awaited<ReturnType<typeof client.stockProof.findFirst>>): StockProof | null =>
    row && {
      ...{ id: row.id, createdAt: row.createdAt, erpClock: row.erpClock, compared: row.compared },
      ...{ diverging: row.diverging, balanceSum: row.balanceSum.toFixed(), movementSum: row.movementSum.toFixed() },
      ...{ ourSum: row.ourSum.toFixed(), divergences: readDivergences(row.divergences) },
    };
  return {
    last: async (installationId) =>
      toProof(await client.stockProof.findFirst({ where: { installationId }, orderBy: { createdAt: 'desc' } })),

    async prove(id) {
      const row = isUuid(id) ? await client.erpInstallation.findFirst({ where: { id } }) : null;
      if (row === null) throw new NotFound('ErpInstallation');
      if (row.mappingConfirmedAt === null)
        throw new Conflict('NOT_CONFIRMED', 'Nobody has confirmed how the ERP is read');
      const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(proofMs)]);
      const opening = { secretBox, now: clock.now, isPrivateNetworkAllowed: settings.isPrivateNetworkAllowed };
      const found = await lookInto((deps.open ?? sourceOf)(opening, row), signal);
      return client.$transaction(async (tx) => {
        const known = await unscoped(tx).$queryRaw<KnownLevel[]>`
          SELECT k.article, k.warehouse, p.id::text AS "productId", p.codigo AS sku, p.nombre AS name,
            w.name AS "warehouseName", trim_scale(l.stock_actual)::text AS ours
          FROM unnest(${found.kept.map(({ article }) => String(article))}::text[],
            ${found.kept.map(({ warehouse }) => String(warehouse))}::text[]) AS k (article, warehouse)
          LEFT JOIN inventory.erp_productos p ON p.installation_id = ${id}::uuid AND p.erp_id = k.article
          LEFT JOIN inventory.warehouses w ON w.installation_id = ${id}::uuid AND w.erp_id = k.warehouse
          LEFT JOIN inventory.erp_inventario l ON l.installation_id = ${id}::uuid AND l.erp_id = k.article || ':' || k.warehouse`;
        const [own] = await unscoped(tx).$queryRaw<{ sum: string }[]>`
          SELECT coalesce(sum(stock_actual), 0)::text AS sum FROM inventory.erp_inventario
          WHERE installation_id = ${id}::uuid AND erp_id IS NOT NULL`;
        const levels = new Map(known.map((level) => [`${level.article}:${level.warehouse}`, level]));
        const divergences = found.kept.map((one) => asProved(one, levels.get(`${one.article}:${one.warehouse}`)));
        const saved = await tx.stockProof.create({
          data: {
            ...{ installationId: id, erpClock: found.clock, compared: found.compared, diverging: found.diverging },
            ...{ balanceSum: fromUnits(found.balance), movementSum: fromUnits(found.moved), ourSum: own?.sum ?? '0' },
            ...{ divergences, requestedBy: actor.viewer.userId, createdAt: clock.now() },
          },
        });
        await unscoped(tx).$executeRaw`DELETE FROM inventory.stock_proofs WHERE id IN (
          SELECT id FROM inventory.stock_proofs WHERE installation_id = ${id}::uuid
          ORDER BY created_at DESC, id DESC OFFSET ${proofsKept})`;
        await recordAudit(tx, actor, {
          ...{ action: 'inventory.proveStock', entityType: 'ErpInstallation', entityId: id, companyId: row.companyId },
          after: { compared: found.compared, diverging: found.diverging },
        });
        const proof = toProof(saved);
        if (proof === null) throw new Error('What was written can be read');
        return proof;
      });
    },
  };
}

interface KnownLevel extends Pick<ProvedDivergence, 'productId' | 'sku' | 'name' | 'warehouseName' | 'ours'> {
  readonly article: string;
  readonly warehouse: string;
}

type Parted = StockDivergence & { readonly document: StockDocument | null; readonly isExact: boolean };
type Look = Omit<StockComparison, 'kept'> & { readonly clock: string; readonly kept: readonly Parted[] };

/** Compares both books of one look at the ERP, and finds the document of each divergence that is kept. */
async function lookInto(source: ErpSource, signal: AbortSignal): Promise<Look> {
  try {
    const snapshot = await source.open(signal);
    try {
      const books = snapshot.books();
      if (books === null) throw new Conflict('NO_MOVEMENTS', 'The ERP has no movements of stock that could be read');
      const { kept, ...found } = await compareStock(books.balances(), books.movements(), mostKept);
      return { ...found, clock: snapshot.clock, kept: await withDocuments(books, kept) };
    } finally {
      await snapshot.close();
    }
  } catch (error) {
    if (error instanceof ErpFailure) throw new Conflict(error.kind, error.message);
    throw error;
  }
}

async function withDocuments(books: StockBooks, kept: readonly StockDivergence[]): Promise<readonly Parted[]> {
  const parted: Parted[] = [];
  for (const one of kept) parted.push({ ...one, ...firstDocument(one, await books.documents(one, one.month)) });
  return parted;
}

function asProved(one: Parted, known: KnownLevel | undefined): ProvedDivergence {
  const month = String(one.month);
  const { productId = null, sku = null, name = null, warehouseName = null, ours = null } = known ?? {};
  return {
    ...{ article: String(one.article), warehouse: String(one.warehouse), productId, sku, name, warehouseName, ours },
    ...{
      balance: fromUnits(one.balance),
      moved: fromUnits(one.moved),
      month: `${month.slice(0, 4)}-${month.slice(4)}`,
    },
    ...{ monthBalance: fromUnits(one.monthBalance), monthMoved: fromUnits(one.monthMoved), isExact: one.isExact },
    document: one.document && { ...one.document, units: fromUnits(one.document.units) },
  };
}
