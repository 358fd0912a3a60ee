import { type Dataset, field } from '../dataset.ts';
import { text } from '../text.ts';

const copied = text(
  'Copia del ERP, con cada sincronización; lastSyncedAt dice de cuándo es cada fila.',
  'A copy of the ERP, with every sync; lastSyncedAt says how old each row is.',
);

export const inventoryDatasets: readonly Dataset[] = [
  {
    name: 'products',
    owner: 'inventory',
    permission: 'inventory:read',
    title: text('Productos', 'Products'),
    meaning: text(
      'Cada fila es un artículo que se guarda y se vende.',
      'Each row is an article that is stocked and sold.',
    ),
    graphType: 'Product',
    graphQuery: 'products',
    freshness: { rule: copied, topics: ['inventory.productChanged', 'inventory.syncStatusChanged'] },
    rules: [
      text(
        'El precio es de lista, sin impuesto; cero es un precio real.',
        'Price is list price before tax; zero is real.',
      ),
    ],
    fields: [
      field('sku', 'TEXT', 'Código.', 'Code.', { synonyms: ['código', 'clave', 'referencia'] }),
      field('name', 'TEXT', 'Nombre.', 'Name.', { synonyms: ['artículo', 'descripción'] }),
      field('category', 'TEXT', 'Categoría.', 'Category.', { synonyms: ['línea', 'familia'] }),
      field('unit', 'TEXT', 'Unidad de venta.', 'Unit of sale.'),
      field('price', 'MONEY', 'Precio de lista de una unidad.', 'List price of one unit.', { unit: 'currency' }),
      field('cost', 'MONEY', 'Costo de una unidad.', 'Cost of one unit.', { unit: 'currency' }),
      field('isActive', 'FLAG', 'Si está a la venta.', 'Whether it is on sale.'),
      field('isBelowMinimum', 'FLAG', 'Bajo su mínimo en alguna bodega.', 'Below its minimum in some warehouse.', {
        synonyms: ['quiebre', 'stock crítico'],
      }),
      field('lastSyncedAt', 'TIME', 'Última copia desde el ERP.', 'Last copy from the ERP.'),
    ],
  },
  {
    name: 'stock_levels',
    owner: 'inventory',
    permission: 'inventory:read',
    title: text('Existencias', 'Stock'),
    meaning: text(
      'Cada fila es lo que hay de un producto en una bodega.',
      'Each row is what lies of a product in a warehouse.',
    ),
    graphType: 'StockLevel',
    graphQuery: 'products.edges.node.stock',
    freshness: { rule: copied, topics: ['inventory.stockChanged'] },
    rules: [
      text(
        'Las cantidades son decimales y pueden ser negativas: se vendió antes de ingresarse.',
        'Quantities are decimal and may be negative: sold before it was entered.',
      ),
    ],
    fields: [
      field('product', 'LINK', 'Producto.', 'Product.'),
      field('site', 'LINK', 'Sitio de la bodega.', 'Site of the warehouse.'),
      field('warehouse', 'TEXT', 'Bodega, como la nombra el ERP.', 'Warehouse, as the ERP names it.', {
        synonyms: ['almacén', 'bodega'],
      }),
      field('onHand', 'QUANTITY', 'Unidades que hay.', 'Units on hand.', {
        synonyms: ['stock', 'existencia', 'saldo'],
      }),
      field('minimum', 'QUANTITY', 'Mínimo.', 'Minimum.', { synonyms: ['stock mínimo'] }),
      field('maximum', 'QUANTITY', 'Máximo.', 'Maximum.'),
      field('isBelowMinimum', 'FLAG', 'Bajo el mínimo.', 'Below the minimum.', { synonyms: ['quiebre'] }),
      field('lastSyncedAt', 'TIME', 'Última copia desde el ERP.', 'Last copy from the ERP.'),
    ],
  },
  {
    name: 'sales',
    owner: 'inventory',
    permission: 'inventory:read',
    title: text('Ventas', 'Sales'),
    meaning: text(
      'Cada fila es un documento de venta o de devolución copiado del ERP.',
      'Each row is a document of sale or return copied from the ERP.',
    ),
    graphType: 'Sale',
    graphQuery: 'sales',
    freshness: { rule: copied, topics: ['inventory.syncStatusChanged'] },
    rules: [
      text(
        'Los documentos anulados no cuentan y las devoluciones restan.',
        'Cancelled documents do not count, and returns are taken off.',
      ),
    ],
    fields: [
      field('folio', 'TEXT', 'Número del documento.', 'Number of the document.'),
      field('documentType', 'CHOICE', 'Factura, boleta o devolución.', 'Invoice, receipt or return.'),
      field('soldOn', 'DAY', 'Día de la venta.', 'Day of the sale.', { synonyms: ['fecha'] }),
      field('customer', 'LINK', 'Cliente.', 'Customer.'),
      field('site', 'LINK', 'Sitio que vendió.', 'Site that sold.'),
      field('total', 'MONEY', 'Total con impuesto.', 'Total with tax.', {
        unit: 'currency',
        synonyms: ['monto', 'venta'],
      }),
      field('subtotal', 'MONEY', 'Neto.', 'Net.', { unit: 'currency' }),
      field('currency', 'CHOICE', 'Moneda (ISO 4217).', 'Currency (ISO 4217).'),
      field('isCancelled', 'FLAG', 'Si fue anulado.', 'Whether it was cancelled.'),
    ],
  },
  {
    name: 'replenishment_proposals',
    owner: 'inventory',
    permission: 'inventory:read',
    title: text('Propuestas de compra', 'Replenishment proposals'),
    meaning: text(
      'Cada fila es lo que conviene comprar de un producto para un sitio.',
      'Each row is what should be bought of a product for a site.',
    ),
    graphType: 'ReplenishmentProposal',
    graphQuery: 'replenishmentProposals',
    freshness: {
      rule: text(
        'Se calcula al preguntar, con las existencias de ese momento.',
        'Made when asked, from the stock of that moment.',
      ),
      topics: ['inventory.stockChanged'],
    },
    rules: [],
    fields: [
      field('product', 'LINK', 'Producto.', 'Product.'),
      field('site', 'LINK', 'Sitio.', 'Site.'),
      field('reason', 'CHOICE', 'Por qué.', 'Why.'),
      field('quantity', 'QUANTITY', 'Unidades a pedir.', 'Units to order.', { synonyms: ['pedido sugerido'] }),
      field('onHand', 'QUANTITY', 'Unidades que hay.', 'Units on hand.'),
      field('dailyDemand', 'QUANTITY', 'Demanda media de un día.', 'Mean demand of a day.'),
      field('valueAtRisk', 'MONEY', 'Venta en riesgo hasta que llegue.', 'Sales at risk until it arrives.', {
        unit: 'currency',
      }),
    ],
  },
];
