'use client';
import { InventoryFrame } from '../inventory-frame.tsx';
import { ProductsPanel } from './products-panel.tsx';

/** Every product of the site's company: found, opened, made and changed. */
export function ProductsPage() {
  return (
    <InventoryFrame>
      {(scope, site) => (
        <ProductsPanel key={site.id} scope={scope} site={site} currency={scope.company?.currency ?? 'USD'} />
      )}
    </InventoryFrame>
  );
}
