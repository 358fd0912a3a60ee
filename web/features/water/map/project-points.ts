/** A place on the earth, degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** A place on the drawing, px from its upper left corner. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** How places come to lie on a drawing: north is up, and a metre is as long in every direction. */
export interface Projection {
  readonly spotOf: (place: Place) => Spot;
  /** The place under a spot. */
  readonly placeOf: (spot: Spot) => Place;
  readonly metresPerPx: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Room left at every edge, px. */
  readonly pad: number;
}

const metresPerDegree = 111_320;
/** A single point is shown with this much around it, m. */
const leastExtentM = 600;

/** Fits places into a frame. Good for a company's basins; not for a continent. */
export function projectPlaces(places: readonly Place[], { width, height, pad }: Frame): Projection {
  const latitudes = places.map(({ latitude }) => latitude);
  const longitudes = places.map(({ longitude }) => longitude);
  const middle = {
    latitude: (Math.min(...latitudes) + Math.max(...latitudes)) / 2,
    longitude: (Math.min(...longitudes) + Math.max(...longitudes)) / 2,
  };
  const shrink = Math.cos((middle.latitude * Math.PI) / 180);
  const eastM = ({ longitude }: Place) => (longitude - middle.longitude) * metresPerDegree * shrink;
  const northM = ({ latitude }: Place) => (latitude - middle.latitude) * metresPerDegree;
  const widest = Math.max(leastExtentM, ...places.map((place) => Math.abs(eastM(place)) * 2));
  const tallest = Math.max(leastExtentM, ...places.map((place) => Math.abs(northM(place)) * 2));
  const metresPerPx = Math.max(widest / Math.max(1, width - 2 * pad), tallest / Math.max(1, height - 2 * pad));
  return {
    metresPerPx,
    spotOf: (place) => ({ x: width / 2 + eastM(place) / metresPerPx, y: height / 2 - northM(place) / metresPerPx }),
    placeOf: ({ x, y }) => ({
      latitude: middle.latitude + ((height / 2 - y) * metresPerPx) / metresPerDegree,
      longitude: middle.longitude + ((x - width / 2) * metresPerPx) / (metresPerDegree * shrink),
    }),
  };
}

/** A round length for the scale of a drawing, not longer than `mostPx`. */
export function scaleBar(metresPerPx: number, mostPx: number): { readonly metres: number; readonly px: number } {
  const most = metresPerPx * mostPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return { metres, px: metres / metresPerPx };
}
