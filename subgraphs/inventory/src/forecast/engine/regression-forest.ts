/** Rows of a table by column: every column has as many values as there are rows. */
export interface ForestTable {
  readonly columns: readonly Float64Array[];
  readonly targets: Float64Array;
}

export interface ForestOptions {
  readonly trees: number;
  readonly depth: number;
  /** Rows in the smallest leaf. */
  readonly leaf: number;
  /** Columns tried at each split. */
  readonly tried: number;
  readonly seed: number;
}

/** Answers the mean of what the trees say of a row. */
export type Forest = (row: Float64Array) => number;

interface Split {
  readonly column: number;
  readonly limit: number;
  readonly below: Node;
  readonly above: Node;
}
type Node = Split | number;

const binCount = 16;

/**
 * A random forest for regression whose splits are found over bins, so that a few hundred rows take about two milliseconds:
 * it is grown again for each product and each fold. The same table and seed give the same forest.
 */
export function growForest(table: ForestTable, options: ForestOptions): Forest {
  const random = randomOf(options.seed);
  const limits = table.columns.map(binLimits);
  const bins = table.columns.map((column, at) => Uint8Array.from(column, (value) => binOf(limits[at] ?? [], value)));
  const { targets } = table;
  const rowCount = targets.length;
  const rows = new Int32Array(rowCount);
  // Filled anew for each split that is looked for: there are thousands of them.
  const sums = new Float64Array(binCount);
  const counts = new Float64Array(binCount);
  const order = Uint8Array.from(table.columns, (_column, at) => at);
  const trees = Array.from({ length: options.trees }, () => {
    for (let at = 0; at < rowCount; at += 1) rows[at] = Math.floor(random() * rowCount);
    return growNode(0, rowCount, options.depth);
  });
  return (row) => {
    let sum = 0;
    for (const tree of trees) sum += leafOf(tree, row);
    return sum / Math.max(1, trees.length);
  };

  /** Grows from the rows between two places, which are brought into the order of the split. */
  function growNode(start: number, end: number, depth: number): Node {
    let total = 0;
    for (let at = start; at < end; at += 1) total += targets[rows[at] ?? 0] ?? 0;
    const mean = end === start ? 0 : total / (end - start);
    if (depth === 0 || end - start < 2 * options.leaf) return mean;
    const best = bestSplit(start, end, total);
    if (best === null) return mean;
    const middle = partition(start, end, bins[best.column] ?? new Uint8Array(), best.bin);
    return {
      column: best.column,
      limit: limits[best.column]?.[best.bin] ?? 0,
      below: growNode(start, middle, depth - 1),
      above: growNode(middle, end, depth - 1),
    };
  }

  function bestSplit(start: number, end: number, total: number): { column: number; bin: number } | null {
    const whole = (total * total) / (end - start);
    let best: { column: number; bin: number } | null = null;
    let bestGain = 1e-9 * whole + 1e-15;
    for (let drawn = 0; drawn < Math.min(options.tried, order.length); drawn += 1) {
      const at = drawColumn(drawn);
      const column = bins[at] ?? new Uint8Array();
      const splits = limits[at]?.length ?? 0;
      sums.fill(0);
      counts.fill(0);
      for (let place = start; place < end; place += 1) {
        const row = rows[place] ?? 0;
        const bin = column[row] ?? 0;
        sums[bin] = (sums[bin] ?? 0) + (targets[row] ?? 0);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      let sum = 0;
      let count = 0;
      for (let bin = 0; bin < splits; bin += 1) {
        sum += sums[bin] ?? 0;
        count += counts[bin] ?? 0;
        const rest = end - start - count;
        if (count < options.leaf || rest < options.leaf) continue;
        const gain = (sum * sum) / count + (total - sum) ** 2 / rest - whole;
        if (gain <= bestGain) continue;
        bestGain = gain;
        best = { column: at, bin };
      }
    }
    return best;
  }

  function partition(start: number, end: number, column: Uint8Array, bin: number): number {
    let middle = start;
    for (let at = start; at < end; at += 1) {
      const row = rows[at] ?? 0;
      if ((column[row] ?? 0) > bin) continue;
      rows[at] = rows[middle] ?? 0;
      rows[middle] = row;
      middle += 1;
    }
    return middle;
  }

  /** Each column at most once a split. */
  function drawColumn(drawn: number): number {
    const other = drawn + Math.floor(random() * (order.length - drawn));
    const column = order[other] ?? 0;
    order[other] = order[drawn] ?? 0;
    order[drawn] = column;
    return column;
  }
}

function leafOf(tree: Node, row: Float64Array): number {
  let node = tree;
  while (typeof node !== 'number') node = (row[node.column] ?? 0) <= node.limit ? node.below : node.above;
  return node;
}

/** Values between which the bins lie: each bin but the last ends with one of them. */
function binLimits(column: Float64Array): number[] {
  const sorted = [...new Set(column)].sort((one, other) => one - other);
  if (sorted.length <= binCount) return sorted.slice(0, -1);
  return Array.from(
    { length: binCount - 1 },
    (_none, at) => sorted[Math.floor(((at + 1) * sorted.length) / binCount)] ?? 0,
  );
}

function binOf(limits: readonly number[], value: number): number {
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (limits[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Mulberry32: numbers from 0 to 1 that are the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
