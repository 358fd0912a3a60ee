/** The pages of the inventory in the order of their tabs; each is named by `inventory.sections` in the messages. */
export const inventorySections = [
  { id: 'overview', href: '/inventory', permission: null },
  { id: 'products', href: '/inventory/products', permission: null },
  { id: 'replenishment', href: '/inventory/replenishment', permission: 'predictions:read' },
  { id: 'forecasts', href: '/inventory/forecasts', permission: 'predictions:read' },
  { id: 'imports', href: '/inventory/imports', permission: null },
  { id: 'sync', href: '/inventory/sync', permission: 'sync:trigger' },
] as const satisfies readonly { id: string; href: string; permission: string | null }[];
