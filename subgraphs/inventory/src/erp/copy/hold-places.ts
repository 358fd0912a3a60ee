import type { PoolClient } from 'pg';

/** Until the end of the transaction nobody says that a warehouse is elsewhere: rows that are written now go where it is. */
export async function holdPlaces(client: PoolClient, installationId: string): Promise<void> {
  await client.query('SELECT FROM inventory.warehouses WHERE installation_id = $1 ORDER BY id FOR SHARE', [
    installationId,
  ]);
}
