import type { DemoFeedProduct } from '../demo-feed-products.ts';
import { demoId } from '../demo-id.ts';
import { createRandom, type Random } from '../random.ts';
import { orderTimes, type ZoneClock, zoneClock } from './calendar.ts';
import type { DemoPlant } from './plants.ts';

/** A row of `produccion_aliar`, by its own column names. */
export type DemoOrderRow = Readonly<Record<string, string | number | boolean | null>>;

/**
 * All orders of a plant. What is in them on purpose: Adiflow spreads, and makes firmer pellets and less loss; it comes
 * with more water, and water by itself does some of the same, so that only a fair comparison finds its true share.
 */
export function demoOrders(plant: DemoPlant, now: Date): DemoOrderRow[] {
  const random = createRandom(`production ${plant.site.code}`);
  const clock = zoneClock(plant.site.timeZone);
  const times = orderTimes(plant, clock.wallClockAt(now), random);
  return times.map((time, index) => {
    const row = demoOrder(plant, clock, time, index, index / times.length, random);
    return withFault(unfinished(row, times.length - index, random), index);
  });
}

function demoOrder(
  plant: DemoPlant,
  clock: ZoneClock,
  time: Date,
  index: number,
  progress: number,
  random: Random,
): DemoOrderRow {
  const product = productOf(plant, random);
  const hasAdiflow = random.chance(adiflowShare(plant, product, progress));
  // Dry grain in summer takes more water; Adiflow is given with water of its own.
  const summer = Math.cos((time.getUTCMonth() / 12) * 2 * Math.PI);
  const waterPerTon = Math.max(0, product.waterKgPerTon + summer * 1.5 + (hasAdiflow ? 3 : 0) + random.normal(0, 2.4));
  const extraWater = waterPerTon - product.waterKgPerTon;

  const planned = round(random.between(product.bagKg === null ? 18 : 6, product.bagKg === null ? 34 : 22));
  const cancelled = cancelledOf(planned, random);
  const asked = planned - cancelled;
  const isBadWeek = weekOf(time) % 23 === 7;
  const sackoffPct =
    plant.sackoffPct - (hasAdiflow ? 0.4 : 0) - extraWater * 0.03 + (isBadWeek ? 1.2 : 0) + random.normal(0, 0.55);
  const produced = round(asked * (1 - sackoffPct / 100));
  const dosed = asked * (1 + random.normal(-0.001, 0.002));
  const waterKg = round(waterPerTon * asked);

  const durability = clamp(
    product.durabilityPct + plant.durabilityShift + (hasAdiflow ? 1.2 : 0) + extraWater * 0.1 + random.normal(0, 1.1),
    70,
    99.5,
  );
  const hardness = clamp(9.2 + (hasAdiflow ? 0.5 : 0) + (durability - 91) * 0.18 + random.normal(0, 0.7), 4, 16);
  const fines = clamp(8.4 - (durability - 91) * 0.7 + random.normal(0, 0.8), 0.4, 25);
  const isInLaboratory = random.chance(0.86);
  const difference = round((planned - produced - cancelled) * plant.storedDifferenceSign);
  const isWholeCancelled = asked === 0;

  const orderNumber = `${plant.orderPrefix}-${String(index + 1).padStart(6, '0')}`;
  const finishedAt = clock.instantOf(new Date(time.getTime() + random.int(70, 320) * 60_000));
  const lab = (value: number) => (isInLaboratory && !isWholeCancelled ? round(value) : null);
  const line = (value: number) => (isWholeCancelled ? null : round(value));
  return {
    id: demoId('production-order', orderNumber),
    orden_produccion: orderNumber,
    fecha_produccion: wallClockText(time),
    mes_produccion: wallClockText(time).slice(0, 7),
    planta: plant.name,
    referencia_producto: product.sku,
    nombre_producto: product.name,
    toneladas_a_producir: planned,
    toneladas_materia_prima_consumida: isWholeCancelled ? null : round(dosed - waterKg / 1000),
    toneladas_anuladas: cancelled,
    toneladas_producidas: isWholeCancelled ? 0 : produced,
    tiene_adiflow: hasAdiflow,
    peso_agua_kg: isWholeCancelled ? null : waterKg,
    order_produccion_despachada: !isWholeCancelled,
    control_aceite_postengrase_pct: line(random.between(1.2, 3.8)),
    control_presion_distribuidor_psi: line(random.between(28, 44)),
    control_carga_alimentador_pct: line(random.between(62, 94)),
    control_presion_acondicionador_psi: line(random.between(18, 32)),
    durabilidad_pct_qa_agroindustrial: lab(durability),
    dureza_qa_agroindustrial: lab(hardness),
    finos_pct_qa_agroindustrial: lab(fines),
    durabilidad_pct_produccion: line(clamp(durability + random.normal(0.4, 0.9), 60, 100)),
    dureza_produccion: line(clamp(hardness + random.normal(0, 0.5), 2, 20)),
    finos_pct_produccion: line(clamp(fines + random.normal(-0.3, 0.7), 0.1, 30)),
    diferencia_toneladas_por_orden_produccion: isWholeCancelled ? null : difference,
    sackoff_por_orden_produccion: isWholeCancelled ? null : round((difference / produced) * 100),
    site_id: plant.site.id,
    company_id: plant.site.companyId,
    created_at: clock.instantOf(time).toISOString(),
    updated_at: finishedAt.toISOString(),
  };
}

/** The last few orders are still being made, and now and then one was never closed. */
function unfinished(row: DemoOrderRow, fromLast: number, random: Random): DemoOrderRow {
  if (row.order_produccion_despachada !== true) return row;
  if (fromLast > 4 && !random.chance(0.003)) return row;
  const isStarted = fromLast > 2;
  const planned = Number(row.toneladas_a_producir);
  return {
    ...row,
    toneladas_anuladas: 0,
    toneladas_producidas: isStarted ? round(planned * random.between(0.3, 0.8)) : null,
    toneladas_materia_prima_consumida: isStarted ? round(planned * 0.9) : null,
    order_produccion_despachada: false,
    durabilidad_pct_qa_agroindustrial: null,
    dureza_qa_agroindustrial: null,
    finos_pct_qa_agroindustrial: null,
    diferencia_toneladas_por_orden_produccion: null,
    sackoff_por_orden_produccion: null,
    updated_at: row.created_at ?? null,
  };
}

/** Rows as no plant should write them and every plant does: about one in three hundred and fifty. */
function withFault(row: DemoOrderRow, index: number): DemoOrderRow {
  const fault = faults[index];
  return fault === undefined ? row : { ...row, ...fault(row) };
}

type Fault = (row: DemoOrderRow) => DemoOrderRow;

const negative: Fault = (row) => ({ toneladas_producidas: -Math.abs(Number(row.toneladas_producidas)) });
const unplanned: Fault = () => ({ toneladas_a_producir: 0 });
/** Newtons, in a column of kg/cm². */
const otherUnit: Fault = () => ({ dureza_qa_agroindustrial: 85.3 });
const slippedPoint: Fault = (row) => ({ toneladas_producidas: Number(row.toneladas_producidas) * 10 });
const unmapped: Fault = () => ({ planta: 'Planta Piloto', site_id: null, company_id: null });

const faults: Readonly<Record<number, Fault>> = {
  211: negative,
  384: unplanned,
  507: otherUnit,
  733: otherUnit,
  942: unmapped,
  1120: unplanned,
  1345: slippedPoint,
  1512: negative,
  1640: otherUnit,
  1701: unplanned,
};

function productOf(plant: DemoPlant, random: Random): DemoFeedProduct {
  // The first products of a plant are its bread and butter.
  const index = Math.floor(plant.products.length * random.next() ** 1.6);
  const product = plant.products[index] ?? plant.products[0];
  if (product === undefined) throw new Error(`${plant.name} makes nothing`);
  return product;
}

/** Grows from its introduction; more where pellets are hard to make firm. */
function adiflowShare(plant: DemoPlant, product: DemoFeedProduct, progress: number): number {
  if (progress < plant.adiflowFrom) return 0;
  const grown = (progress - plant.adiflowFrom) / (1 - plant.adiflowFrom);
  return clamp(plant.adiflowShare * (0.25 + 0.75 * grown) + (91.5 - product.durabilityPct) * 0.04, 0.03, 0.95);
}

function cancelledOf(planned: number, random: Random): number {
  if (random.chance(0.018)) return planned;
  return random.chance(0.035) ? round(planned * random.between(0.05, 0.3)) : 0;
}

function weekOf(time: Date): number {
  return Math.floor(time.getTime() / (7 * 86_400_000));
}

function wallClockText(time: Date): string {
  return time.toISOString().slice(0, 19);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
