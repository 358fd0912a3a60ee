import { type Dataset, field } from '../dataset.ts';
import { text } from '../text.ts';

export const productionDatasets: readonly Dataset[] = [
  {
    name: 'production_orders',
    owner: 'production',
    permission: 'production:read',
    title: text('Órdenes de producción', 'Production orders'),
    meaning: text(
      'Cada fila es una orden de producir alimento en una planta (tabla produccion_aliar).',
      'Each row is an order to make feed at a plant (table produccion_aliar).',
    ),
    graphType: 'ProductionOrder',
    graphQuery: 'productionOrders',
    freshness: {
      rule: text(
        'Al instante: cada escritura de la planta se publica, también las de otros programas.',
        'At once: every write of the plant is announced, also those of other programs.',
      ),
      topics: ['production.orderChanged'],
    },
    rules: [
      text(
        'Las mediciones de QA agroindustrial son las oficiales; las de línea solo orientan.',
        'Measurements of the agroindustrial laboratory are the official ones; those at the line are only a guide.',
      ),
      text(
        'Las pérdidas se calculan solo con órdenes despachadas: una orden sin terminar parecería pérdida.',
        'Losses are made from dispatched orders only: an unfinished order would look like a loss.',
      ),
      text(
        'Una orden con un peso negativo, o que produjo más de 1,5 veces su plan, no entra en ninguna suma.',
        'An order with a negative weight, or that made more than 1.5 times its plan, enters no sum.',
      ),
      text(
        'El día es el de la planta: la hora se guarda como la mostró su reloj, sin zona.',
        'The day is the plant’s: time is kept as its clock showed it, without zone.',
      ),
      text(
        'Adiflow se compara entre órdenes del mismo producto, planta y mes, nunca entre promedios simples.',
        'Adiflow is compared between orders of the same product, plant and month, never between plain means.',
      ),
    ],
    fields: [
      field('orderNumber', 'TEXT', 'Número de orden de la planta.', 'Order number of the plant.', {
        synonyms: ['orden', 'OP', 'folio'],
      }),
      field('producedOn', 'DAY', 'Día de producción en la planta.', 'Day of production at the plant.', {
        synonyms: ['fecha de producción'],
      }),
      field('producedAtLocal', 'TIME', 'Fecha y hora del reloj de la planta.', 'Date and time on the plant’s clock.'),
      field('site', 'LINK', 'Planta.', 'Plant.', { synonyms: ['planta'] }),
      field('company', 'LINK', 'Empresa de la planta.', 'Company of the plant.'),
      field('product', 'LINK', 'Producto del inventario.', 'Product of the inventory.', {
        synonyms: ['alimento', 'referencia'],
      }),
      field('productSku', 'TEXT', 'Código del producto.', 'Code of the product.', { synonyms: ['sku', 'referencia'] }),
      field('status', 'CHOICE', 'Abierta, despachada o anulada.', 'Open, dispatched or cancelled.', {
        synonyms: ['estado'],
      }),
      field('hasAdiflow', 'FLAG', 'Si llevó el aditivo Adiflow.', 'Whether it was made with the additive Adiflow.', {
        synonyms: ['con aditivo'],
      }),
      field('plannedTons', 'QUANTITY', 'Planificado.', 'Planned.', {
        unit: 't',
        synonyms: ['toneladas a producir', 'plan'],
      }),
      field('producedTons', 'QUANTITY', 'Producido.', 'Produced.', {
        unit: 't',
        synonyms: ['toneladas producidas', 'producción'],
      }),
      field('cancelledTons', 'QUANTITY', 'Anulado.', 'Cancelled.', { unit: 't', synonyms: ['toneladas anuladas'] }),
      field('rawMaterialTons', 'QUANTITY', 'Materia prima consumida.', 'Raw material consumed.', { unit: 't' }),
      field('waterKg', 'QUANTITY', 'Agua agregada.', 'Water added.', { unit: 'kg', synonyms: ['peso de agua'] }),
      field(
        'differenceTons',
        'QUANTITY',
        'Planificado menos producido menos anulado; positivo es pérdida.',
        'Planned minus produced minus cancelled; positive is a loss.',
        { unit: 't', synonyms: ['diferencia', 'merma'] },
      ),
      field(
        'sackoffPct',
        'NUMBER',
        'Diferencia sobre producido, de esa orden.',
        'Difference over produced, of that order.',
        {
          unit: '%',
          synonyms: ['sackoff', 'merma porcentual'],
        },
      ),
      field('qaDurabilityPct', 'NUMBER', 'Durabilidad (PDI) del laboratorio.', 'Durability (PDI) by the laboratory.', {
        unit: '%',
        synonyms: ['PDI', 'durabilidad'],
      }),
      field(
        'qaHardness',
        'NUMBER',
        'Dureza del laboratorio, en la unidad de la planta.',
        'Hardness by the laboratory, in the plant’s unit.',
        {
          synonyms: ['dureza'],
        },
      ),
      field('hardnessUnit', 'TEXT', 'Unidad de la dureza.', 'Unit of the hardness.'),
      field('qaFinesPct', 'NUMBER', 'Finos del laboratorio.', 'Fines by the laboratory.', {
        unit: '%',
        synonyms: ['finos'],
      }),
      field('conditionerPressurePsi', 'NUMBER', 'Presión del acondicionador.', 'Pressure of the conditioner.', {
        unit: 'psi',
      }),
      field('distributorPressurePsi', 'NUMBER', 'Presión del distribuidor.', 'Pressure of the distributor.', {
        unit: 'psi',
      }),
      field('feederLoadPct', 'NUMBER', 'Carga del alimentador.', 'Load of the feeder.', { unit: '%' }),
      field('postGreaseOilPct', 'NUMBER', 'Aceite de postengrase.', 'Oil after post-greasing.', { unit: '%' }),
      field('qualityFlags', 'CHOICE', 'Qué tiene de raro la fila.', 'What is wrong with the row.'),
    ],
  },
];
