'use client';
import dynamic from 'next/dynamic';
import { PageSkeleton } from './shell-skeleton.tsx';

const load = {
  overview: () => import('../features/overview/overview-page.tsx').then((module) => module.OverviewPage),
  production: () => import('../features/production/production-page.tsx').then((module) => module.ProductionPage),
  erpSync: () => import('../features/inventory/sync/sync-page.tsx').then((module) => module.SyncPage),
  inventory: () => import('../features/inventory/inventory-page.tsx').then((module) => module.InventoryPage),
  imports: () => import('../features/inventory/imports/imports-page.tsx').then((module) => module.ImportsPage),
  products: () => import('../features/inventory/products/products-page.tsx').then((module) => module.ProductsPage),
  product: () => import('../features/inventory/product/product-page.tsx').then((module) => module.ProductPage),
  replenishment: () =>
    import('../features/inventory/replenishment/replenishment-page.tsx').then((module) => module.ReplenishmentPage),
  forecasts: () => import('../features/inventory/forecasts/forecasts-page.tsx').then((module) => module.ForecastsPage),
  clinics: () => import('../features/clinics/clinics-page.tsx').then((module) => module.ClinicsPage),
  water: () => import('../features/water/water-page.tsx').then((module) => module.WaterPage),
  point: () => import('../features/water/point/point-page.tsx').then((module) => module.PointPage),
  newPoint: () => import('../features/water/edit/edit-point-page.tsx').then((module) => module.NewPointPage),
  editPoint: () => import('../features/water/edit/edit-point-page.tsx').then((module) => module.EditPointPage),
  finance: () => import('../features/finance/finance-page.tsx').then((module) => module.FinancePage),
  developers: () => import('../features/developers/developers-page.tsx').then((module) => module.DevelopersPage),
};

// The options stand at each page as they are: the build reads them there.
export const LazyOverviewPage = dynamic(load.overview, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyProductionPage = dynamic(load.production, { ssr: false, loading: () => <PageSkeleton /> });
export const LazySyncPage = dynamic(load.erpSync, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyInventoryPage = dynamic(load.inventory, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyImportsPage = dynamic(load.imports, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyProductsPage = dynamic(load.products, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyProductPage = dynamic(load.product, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyReplenishmentPage = dynamic(load.replenishment, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyForecastsPage = dynamic(load.forecasts, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyClinicsPage = dynamic(load.clinics, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyWaterPage = dynamic(load.water, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyPointPage = dynamic(load.point, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyNewPointPage = dynamic(load.newPoint, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyEditPointPage = dynamic(load.editPoint, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyFinancePage = dynamic(load.finance, { ssr: false, loading: () => <PageSkeleton /> });
export const LazyDevelopersPage = dynamic(load.developers, { ssr: false, loading: () => <PageSkeleton /> });

/** Pages below a domain's own, each by the form of its address. */
const innerPages: readonly { readonly address: RegExp; readonly page: keyof typeof load }[] = [
  { address: /^\/inventory\/products$/, page: 'products' },
  { address: /^\/inventory\/products\/./, page: 'product' },
  { address: /^\/inventory\/replenishment$/, page: 'replenishment' },
  { address: /^\/inventory\/forecasts$/, page: 'forecasts' },
  { address: /^\/inventory\/imports$/, page: 'imports' },
  { address: /^\/inventory\/sync$/, page: 'erpSync' },
  { address: /^\/water\/points\/new$/, page: 'newPoint' },
  { address: /^\/water\/[^/]+\/edit$/, page: 'editPoint' },
  { address: /^\/water\/./, page: 'point' },
];

/** Fetches the code of a page before it is rendered, while the session is still being asked for. */
export function warmPage(path: string): void {
  const inner = innerPages.find(({ address }) => address.test(path))?.page;
  const id = inner ?? (path === '/' ? 'overview' : path.split('/')[1]);
  for (const [page, start] of Object.entries(load)) if (page === id) void start();
}
