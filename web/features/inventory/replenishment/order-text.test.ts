import { expect, it } from 'vitest';
import { orderText } from './order-text.ts';

it('an order is one line for each product, whatever stands in its name', () => {
  const lines = [
    { sku: 'MS-01', name: 'Maxisaco\n500 kg', quantity: '162\u00a0sacos' },
    { sku: 'PH 8', name: 'Perno  hexagonal', quantity: '1\u00a0unidad' },
  ];
  expect(orderText('Pedido de Planta Norte a Aceros Sur', lines)).toBe(
    'Pedido de Planta Norte a Aceros Sur\n\n- 162 sacos · Maxisaco 500 kg (MS-01)\n- 1 unidad · Perno hexagonal (PH 8)',
  );
});
