import { run } from '../../scripts/run.ts';

/**
 * Forecasts generated demand whose rule is known (smooth, seasonal, erratic, intermittent, lumpy, with stock-outs): the
 * chosen method against each single one by MASE on four weeks that none of them saw, with the difference to the best single
 * one and its noise, the share of those days inside the band that claims 80 %, and milliseconds a series with all
 * candidates tried. Each seed makes its own series: what is tuned on some has to be shown on others.
 *
 *   node bench/inventory/forecast.bench.ts [series of each kind and seed] [seeds, as 1,2,3]
 */
const [count = '40', seeds = '1'] = process.argv.slice(2);
const program = new URL('../../subgraphs/inventory/src/test-support/forecast-bench.fixture.ts', import.meta.url);

await run(process.execPath, [program.pathname, count, seeds], { isLoud: true });
