/** What is there of things that were looked for one by one: out of reach is null, and left out. */
export async function present<Row>(rows: readonly Promise<Row | null>[]): Promise<Row[]> {
  return (await Promise.all(rows)).filter((row) => row !== null);
}
