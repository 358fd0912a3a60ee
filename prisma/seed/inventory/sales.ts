import { demoId } from '../demo-id.ts';
import { demoSites } from '../demo-places.ts';
import { createRandom, type Random } from '../random.ts';
import type { SeedCustomer } from './customers.ts';
import { type SeedDemand, seedHistoryDays } from './demand.ts';
import { installationOf, type SeedProduct } from './products.ts';
import type { TableRows } from './rows.ts';

/** Lines of sale documents in the demo. */
export const seedSaleLineCount = 150_000;

type DocumentType = 'INVOICE' | 'RETURN' | 'POS_SALE' | 'POS_RETURN';

interface SeedLine {
  readonly product: SeedProduct;
  /** Code as the document has it; a product that it does not name is a line that belongs to none. */
  readonly sku: string;
  readonly isKnown: boolean;
  readonly quantity: number;
  readonly discountPct: number;
}

interface SeedSale {
  readonly siteId: string;
  readonly day: number;
  readonly type: DocumentType;
  readonly customer: SeedCustomer | null;
  readonly isCancelled: boolean;
  readonly lines: SeedLine[];
}

const taxRate = 0.19;

/**
 * The sale documents behind a demand: invoices and tills, one in fifty lines brought back within two weeks, one document
 * in a hundred cancelled, and a few lines whose code is no product, whose quantity is zero or whose price is missing.
 */
export function saleTables(
  demand: readonly SeedDemand[],
  customers: readonly SeedCustomer[],
  today: Date,
  now: Date,
): TableRows[] {
  const random = createRandom('inventory.sales');
  const sales = makeSales(demand, customers, random);
  sales.sort((left, right) => left.day - right.day);
  trimOldest(sales, seedSaleLineCount);
  return asTables(sales, today, now, random);
}

function makeSales(demand: readonly SeedDemand[], customers: readonly SeedCustomer[], random: Random): SeedSale[] {
  const byCompany = Map.groupBy(customers, (customer) => customer.companyId);
  const sales: SeedSale[] = [];
  const baskets = Map.groupBy(demand, ({ series, day }) => `${day}:${series.siteId}`);
  for (const basket of baskets.values()) {
    const waiting = [...basket];
    while (waiting.length > 0) {
      const taken = waiting.splice(0, random.int(1, 6));
      const [first] = taken;
      if (first === undefined) break;
      const type: DocumentType = random.chance(0.3) ? 'POS_SALE' : 'INVOICE';
      const clients = byCompany.get(first.series.product.companyId) ?? [];
      // Squared, so that the best customers buy most.
      const client = clients[Math.floor(random.next() ** 2 * clients.length)] ?? null;
      const customer = type === 'POS_SALE' && random.chance(0.7) ? null : client;
      const lines = taken.map(({ series, quantity }) => makeLine(series.product, quantity, random));
      const sale = { siteId: first.series.siteId, day: first.day, customer, isCancelled: random.chance(0.01) };
      sales.push({ ...sale, type, lines });
      for (const line of lines) {
        const day = first.day + random.int(1, 14);
        if (!random.chance(0.02) || day >= seedHistoryDays) continue;
        const back = { ...line, quantity: -Math.max(1, Math.round(line.quantity / 2)) };
        const returned: DocumentType = type === 'INVOICE' ? 'RETURN' : 'POS_RETURN';
        sales.push({ ...sale, isCancelled: false, day, type: returned, lines: [back] });
      }
    }
  }
  return sales;
}

function makeLine(product: SeedProduct, quantity: number, random: Random): SeedLine {
  const flaw = random.next();
  const isKnown = flaw > 0.0006;
  return {
    product,
    // The letter O for a zero, as people type it.
    sku: isKnown ? product.sku : product.sku.replace('0', 'O'),
    isKnown,
    quantity: flaw > 0.999_8 ? 0 : quantity,
    discountPct: random.chance(0.2) ? random.pick([3, 5, 10]) : 0,
  };
}

function trimOldest(sales: SeedSale[], wanted: number): void {
  let surplus = sales.reduce((sum, { lines }) => sum + lines.length, 0) - wanted;
  for (const { lines } of sales) {
    if (surplus <= 0) break;
    surplus -= lines.splice(0, surplus).length;
  }
  const firstKept = sales.findIndex(({ lines }) => lines.length > 0);
  sales.splice(0, Math.max(0, firstKept));
}

function asTables(sales: readonly SeedSale[], today: Date, now: Date, random: Random): TableRows[] {
  const saleRows: TableRows['rows'][number][] = [];
  const lineRows: TableRows['rows'][number][] = [];
  const sites = new Map<string, (typeof demoSites)[keyof typeof demoSites]>();
  for (const site of Object.values(demoSites)) sites.set(site.id, site);
  sales.forEach(({ siteId, day, type, customer, isCancelled, lines }, index) => {
    const companyId = sites.get(siteId)?.companyId ?? null;
    const date = new Date(today.getTime() - (seedHistoryDays - 1 - day) * 86_400_000);
    const soldOn = date.toISOString().slice(0, 10);
    const folio = `${prefixes[type]}-${String(index + 1).padStart(6, '0')}`;
    // Growing with time, as the database's own ids do: that is what its indexes are quick with.
    const id = `${index.toString(16).padStart(8, '0')}${demoId('sale', folio).slice(8)}`;
    let subtotal = 0;
    lines.forEach(({ product, sku, isKnown, quantity, discountPct }, position) => {
      const net =
        product.price === null ? null : Math.round(quantity * Math.abs(product.price) * (1 - discountPct / 100));
      subtotal += net ?? 0;
      lineRows.push([
        // Made from the document's id: hashing each line would cost more than the rest of the seed.
        `${id.slice(0, 34)}${(position + 1).toString(16).padStart(2, '0')}`,
        id,
        position + 1,
        isKnown ? product.id : null,
        sku,
        product.name,
        quantity,
        product.price === null ? null : Math.abs(product.price),
        discountPct,
        net,
        product.cost,
        soldOn,
        isCancelled,
        siteId,
        companyId,
      ]);
    });
    const tax = Math.round(subtotal * taxRate);
    // Tills write the hour; the shops are open from 9 to 18, which is about 12 to 21 UTC.
    const openedMs = date.getTime() + random.int(12 * 60, 21 * 60) * 60_000;
    const soldAt = type.startsWith('POS') ? new Date(Math.min(openedMs, now.getTime() - 60_000)).toISOString() : null;
    saleRows.push([
      id,
      folio,
      soldOn,
      soldAt,
      type,
      customer?.id ?? null,
      customer?.name ?? null,
      subtotal,
      tax,
      subtotal + tax,
      isCancelled ? 'C' : 'N',
      isCancelled,
      'CLP',
      siteId,
      companyId,
      companyId === null ? null : installationOf(companyId),
      String(500_000 + index),
      now.toISOString(),
    ]);
  });
  return [
    { table: 'erp_ventas', columns: saleColumns, rows: saleRows },
    { table: 'erp_ventas_detalle', columns: lineColumns, rows: lineRows },
  ];
}

const prefixes: Readonly<Record<DocumentType, string>> = {
  INVOICE: 'F',
  RETURN: 'NC',
  POS_SALE: 'B',
  POS_RETURN: 'NCB',
};

const saleColumns = {
  id: 'uuid',
  folio: 'text',
  fecha: 'date',
  sold_at: 'timestamptz',
  document_type: 'inventory.sale_document_type',
  cliente_id: 'uuid',
  cliente_nombre: 'text',
  subtotal: 'numeric',
  iva: 'numeric',
  total: 'numeric',
  estatus: 'text',
  is_cancelled: 'boolean',
  currency: 'text',
  site_id: 'uuid',
  company_id: 'uuid',
  installation_id: 'uuid',
  erp_id: 'text',
  last_synced_at: 'timestamptz',
};

const lineColumns = {
  id: 'uuid',
  venta_id: 'uuid',
  posicion: 'int',
  producto_id: 'uuid',
  codigo: 'text',
  descripcion: 'text',
  cantidad: 'numeric',
  precio_unitario: 'numeric',
  descuento_pct: 'numeric',
  total_neto: 'numeric',
  costo_unitario: 'numeric',
  fecha: 'date',
  is_cancelled: 'boolean',
  site_id: 'uuid',
  company_id: 'uuid',
};
