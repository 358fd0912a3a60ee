import type { BilingualText } from '../replenishment/explain.ts';
import type { ForecastMethod } from './engine/demand-forecast.ts';
import type { DemandOutlook } from './forecasts.service.ts';

/** What each method does, for people. */
const methodWords: Readonly<Record<ForecastMethod, BilingualText>> = {
  SEASONAL_NAIVE: { es: 'el mismo día de la semana pasada', en: 'the same day of last week' },
  NAIVE: { es: 'lo del último día', en: 'the last day again' },
  MOVING_AVERAGE: { es: 'el promedio de las últimas cuatro semanas', en: 'the mean of the last four weeks' },
  EXPONENTIAL_SMOOTHING: { es: 'suavizado exponencial', en: 'exponential smoothing' },
  HOLT_WINTERS: { es: 'nivel y día de la semana suavizados', en: 'level and day of the week smoothed' },
  CROSTON: { es: 'Croston (ventas esporádicas)', en: 'Croston (sales now and then)' },
  SBA: { es: 'Croston corregido (SBA)', en: 'corrected Croston (SBA)' },
  SBJ: { es: 'Croston corregido (SBJ)', en: 'corrected Croston (SBJ)' },
  TSB: { es: 'ventas esporádicas que pueden terminar (TSB)', en: 'sales now and then that may end (TSB)' },
  MSTL: { es: 'semana separada y tendencia (MSTL)', en: 'week taken out, then the trend (MSTL)' },
  RANDOM_FOREST: { es: 'bosque aleatorio', en: 'random forest' },
  COMBINED: { es: 'el promedio de los mejores métodos', en: 'the mean of the best methods' },
  CATEGORY_PROFILE: { es: 'lo que vende su categoría', en: 'what its category sells' },
};

/** The name of a method in plain words. */
export const nameMethod = (method: ForecastMethod): BilingualText => methodWords[method];

/** In one line, whether the forecast is worth more than looking at last week. */
export function wordVerdict({
  method,
  pattern,
  backtests,
  beatsSeasonalNaive,
  historyDays,
}: DemandOutlook): BilingualText {
  const words = nameMethod(method);
  if (pattern === 'NONE' && method !== 'CATEGORY_PROFILE') {
    return {
      es: 'No se ha vendido nada: no hay qué pronosticar.',
      en: 'Nothing was sold: there is nothing to forecast.',
    };
  }
  if (beatsSeasonalNaive === null) {
    return {
      es: `Con ${historyDays} días de historia aún no se puede poner a prueba: se usa ${words.es}.`,
      en: `${historyDays} days of history are too few to put it to the test: this is ${words.en}.`,
    };
  }
  if (!beatsSeasonalNaive) {
    return {
      es: 'Ningún método acertó más que repetir el mismo día de la semana pasada: eso es lo que se muestra.',
      en: 'No method came closer than repeating the same day of last week: that is what is shown.',
    };
  }
  const skill = backtests.find(({ isChampion }) => isChampion)?.skill ?? null;
  const percent = skill === null ? null : Math.round(100 * skill);
  if (percent === null || percent < 1) {
    return {
      es: `Se usa ${words.es}, que acierta apenas más que repetir la semana pasada.`,
      en: `This is ${words.en}, which comes hardly closer than repeating last week.`,
    };
  }
  return {
    es: `Se usa ${words.es}: se equivocó un ${percent} % menos que repetir el mismo día de la semana pasada.`,
    en: `This is ${words.en}: it missed by ${percent}% less than repeating the same day of last week.`,
  };
}
