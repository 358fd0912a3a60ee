/** An object as subgraphs send it and as plans hold it. */
export interface JsonObject {
  [name: string]: unknown;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
