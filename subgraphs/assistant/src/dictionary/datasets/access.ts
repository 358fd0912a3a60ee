import { type Dataset, field } from '../dataset.ts';
import { text } from '../text.ts';

const freshness = { rule: text('Al guardarse.', 'When it is saved.'), topics: [] };

export const accessDatasets: readonly Dataset[] = [
  {
    name: 'companies',
    owner: 'access',
    permission: null,
    title: text('Empresas', 'Companies'),
    meaning: text('Cada fila es una empresa del grupo.', 'Each row is a company of the group.'),
    graphType: 'Company',
    graphQuery: 'companies',
    freshness,
    rules: [],
    fields: [
      field('id', 'ID', 'Identificador opaco.', 'Opaque id.'),
      field('code', 'TEXT', 'Código corto.', 'Short code.'),
      field('name', 'TEXT', 'Nombre.', 'Name.', { synonyms: ['razón social', 'sociedad'] }),
      field('currency', 'CHOICE', 'Moneda de sus libros (ISO 4217).', 'Currency of its books (ISO 4217).'),
      field('timeZone', 'TEXT', 'Zona horaria de sus días.', 'Time zone of its calendar days.'),
    ],
  },
  {
    name: 'sites',
    owner: 'access',
    permission: null,
    title: text('Sitios', 'Sites'),
    meaning: text(
      'Cada fila es un lugar: planta, bodega, clínica, cuenca u oficina.',
      'Each row is a place: plant, warehouse, clinic, catchment area or office.',
    ),
    graphType: 'Site',
    graphQuery: 'sites',
    freshness,
    rules: [],
    fields: [
      field('id', 'ID', 'Identificador opaco.', 'Opaque id.'),
      field('code', 'TEXT', 'Código corto.', 'Short code.'),
      field('name', 'TEXT', 'Nombre.', 'Name.', { synonyms: ['planta', 'bodega', 'sucursal', 'local'] }),
      field('kind', 'CHOICE', 'Para qué sirve.', 'What it is for.', { synonyms: ['tipo de sitio'] }),
      field('timeZone', 'TEXT', 'Zona horaria de sus días.', 'Time zone of its calendar days.'),
      field('company', 'LINK', 'Empresa a la que pertenece.', 'Company it belongs to.'),
    ],
  },
];
