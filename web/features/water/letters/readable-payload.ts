const mostShown = 4_000;

/** A payload for reading: JSON with its lines and steps, anything else as it came; cut where it is long. */
export function readablePayload(payload: string): string {
  const text = indented(payload);
  return text.length > mostShown ? `${text.slice(0, mostShown)}\n…` : text;
}

function indented(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
