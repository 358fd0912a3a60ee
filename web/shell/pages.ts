import { IconBuildingFactory2, IconDroplet, IconLayoutDashboard } from '@tabler/icons-react';

export type PageId = 'overview' | 'production' | 'water';

/** The pages that exist, in the order of the navigation, and the permission that opens each. */
export const pages = [
  { id: 'overview', href: '/', icon: IconLayoutDashboard, permission: null },
  { id: 'production', href: '/production', icon: IconBuildingFactory2, permission: 'production:read' },
  { id: 'water', href: '/water', icon: IconDroplet, permission: 'telemetry:read' },
] as const satisfies readonly { id: PageId; href: string; icon: unknown; permission: string | null }[];
