import {
  IconBuildingFactory2,
  IconChartBar,
  IconCode,
  IconDroplet,
  IconLayoutDashboard,
  IconPackages,
  IconStethoscope,
} from '@tabler/icons-react';

export type PageId = 'overview' | 'production' | 'inventory' | 'clinics' | 'water' | 'finance' | 'developers';

/** The pages that exist, in the order of the navigation, and the permission that opens each. */
export const pages = [
  { id: 'overview', href: '/', icon: IconLayoutDashboard, permission: null },
  { id: 'production', href: '/production', icon: IconBuildingFactory2, permission: 'production:read' },
  { id: 'inventory', href: '/inventory', icon: IconPackages, permission: 'inventory:read' },
  { id: 'clinics', href: '/clinics', icon: IconStethoscope, permission: 'clinics:read' },
  { id: 'water', href: '/water', icon: IconDroplet, permission: 'telemetry:read' },
  { id: 'finance', href: '/finance', icon: IconChartBar, permission: 'finance:read' },
  { id: 'developers', href: '/developers', icon: IconCode, permission: null },
] as const satisfies readonly { id: PageId; href: string; icon: unknown; permission: string | null }[];
