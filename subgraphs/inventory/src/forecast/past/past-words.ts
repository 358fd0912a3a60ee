import type { BilingualText } from '../../replenishment/explain.ts';
import type { PastTrack } from './past-forecast.ts';

/** How past forecasts came out, as a buyer would say it: the band, the whole, and whether last week would have done as well. */
export function wordTrack(track: PastTrack): BilingualText {
  if (track.knownDays === 0) {
    return { es: 'Todavía no hay días con que comparar.', en: 'There are no days to compare with yet.' };
  }
  const parts = [wordBand(track), wordBias(track), wordRelative(track)].filter((part) => part !== null);
  return { es: parts.map(({ es }) => es).join(' '), en: parts.map(({ en }) => en).join(' ') };
}

/** Fewer days are told as they are. */
const leastDays = 10;

function wordBand({ knownDays, insideDays, claimedDays }: PastTrack): BilingualText {
  const claimed = Math.round((10 * claimedDays) / knownDays);
  if (knownDays < leastDays) {
    return {
      es: `De ${knownDays} ${knownDays === 1 ? 'día' : 'días'}, ${insideDays} ${insideDays === 1 ? 'quedó' : 'quedaron'} dentro de la banda (promete ${claimed} de cada 10).`,
      en: `Of ${knownDays} ${knownDays === 1 ? 'day' : 'days'}, ${insideDays} fell inside the band (it promises ${claimed} in 10).`,
    };
  }
  const inside = Math.round((10 * insideDays) / knownDays);
  return {
    es: `De cada 10 días, ${inside} ${inside === 1 ? 'quedó' : 'quedaron'} dentro de la banda (promete ${claimed}).`,
    en: `In 10 days, ${inside} fell inside the band (it promises ${claimed}).`,
  };
}

function wordBias({ said, sold }: PastTrack): BilingualText {
  if (sold <= 0) {
    return said > 0
      ? { es: 'No se vendió nada de lo pronosticado.', en: 'Nothing of what was forecast was sold.' }
      : { es: 'No se pronosticó ni se vendió nada.', en: 'Nothing was forecast, and nothing sold.' };
  }
  const percent = Math.round((100 * (said - sold)) / sold);
  if (percent === 0) {
    return { es: 'En total se pronosticó lo que se vendió.', en: 'In all, what was forecast was sold.' };
  }
  return {
    es: `En total se pronosticó un ${Math.abs(percent)} % ${percent > 0 ? 'más' : 'menos'} de lo que se vendió.`,
    en: `In all, ${Math.abs(percent)}% ${percent > 0 ? 'more' : 'less'} was forecast than was sold.`,
  };
}

function wordRelative({ missed, naiveMissed }: PastTrack): BilingualText | null {
  if (naiveMissed <= 0) return null;
  const percent = Math.round(100 * (1 - missed / naiveMissed));
  if (percent === 0) {
    return {
      es: 'Repetir la semana anterior habría acertado igual.',
      en: 'Repeating the week before would have come as close.',
    };
  }
  return {
    es: `Se equivocó un ${Math.abs(percent)} % ${percent > 0 ? 'menos' : 'más'} que repetir la semana anterior.`,
    en: `It missed by ${Math.abs(percent)}% ${percent > 0 ? 'less' : 'more'} than repeating the week before.`,
  };
}
