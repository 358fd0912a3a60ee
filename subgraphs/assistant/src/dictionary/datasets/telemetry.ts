import { type Dataset, field } from '../dataset.ts';
import { text } from '../text.ts';

export const telemetryDatasets: readonly Dataset[] = [
  {
    name: 'catchment_points',
    owner: 'telemetry',
    permission: 'telemetry:read',
    title: text('Puntos de captación', 'Catchment points'),
    meaning: text(
      'Cada fila es un lugar donde se capta o se observa agua.',
      'Each row is a place where water is taken or watched.',
    ),
    graphType: 'CatchmentPoint',
    graphQuery: 'catchmentPoints',
    freshness: {
      rule: text('En vivo, con cada lectura.', 'Live, with every reading.'),
      topics: ['telemetry.pointStatusChanged', 'telemetry.measurementAdded'],
    },
    rules: [],
    fields: [
      field('code', 'TEXT', 'Código del punto.', 'Code of the point.', { synonyms: ['pozo', 'obra'] }),
      field('name', 'TEXT', 'Nombre.', 'Name.'),
      field(
        'type',
        'CHOICE',
        'Pozo, río, lago, embalse, vertiente o dren.',
        'Well, river, lake, reservoir, spring or drain.',
      ),
      field('status', 'CHOICE', 'Cómo está.', 'How it is.', { synonyms: ['estado', 'en línea'] }),
      field('site', 'LINK', 'Sitio.', 'Site.'),
      field('lastMeasuredAt', 'TIME', 'Última medición.', 'Last measurement.', { synonyms: ['última lectura'] }),
      field('waterRightFlowLps', 'NUMBER', 'Caudal otorgado por su derecho.', 'Flow granted by its water right.', {
        unit: 'L/s',
        synonyms: ['derecho de agua'],
      }),
      field('waterRightYearlyM3', 'QUANTITY', 'Volumen anual otorgado.', 'Volume granted a year.', { unit: 'm3' }),
    ],
  },
  {
    name: 'measurements',
    owner: 'telemetry',
    permission: 'telemetry:read',
    title: text('Mediciones de agua', 'Water measurements'),
    meaning: text(
      'Cada fila es el valor de una variable de un punto en un instante o tramo.',
      'Each row is the value of a variable of a point at an instant or over a bucket.',
    ),
    graphType: 'Measurement',
    graphQuery: 'catchmentPoint.latest',
    freshness: {
      rule: text('Segundos después de publicarse la lectura.', 'Seconds after the reading was published.'),
      topics: ['telemetry.measurementAdded'],
    },
    rules: [
      text(
        'Lo medido no se reescribe: una lectura dudosa se marca y se conserva.',
        'What was measured is not rewritten: a doubtful reading is flagged and kept.',
      ),
    ],
    fields: [
      field('variable', 'CHOICE', 'Qué se mide.', 'What is measured.', {
        synonyms: ['caudal', 'nivel', 'totalizador', 'pulsos'],
      }),
      field('value', 'NUMBER', 'Valor, en su unidad.', 'Value, in its unit.'),
      field('unit', 'TEXT', 'Unidad.', 'Unit.'),
      field('measuredAt', 'TIME', 'Cuándo se midió.', 'When it was measured.'),
    ],
  },
  {
    name: 'water_alerts',
    owner: 'telemetry',
    permission: 'telemetry:read',
    title: text('Alertas de agua', 'Water alerts'),
    meaning: text(
      'Cada fila es un episodio en que un punto rompió una regla.',
      'Each row is an episode in which a point broke a rule.',
    ),
    graphType: 'Alert',
    graphQuery: 'alerts',
    freshness: {
      rule: text('Al detectarse.', 'When it is detected.'),
      topics: ['telemetry.alertRaised', 'telemetry.alertChanged'],
    },
    rules: [],
    fields: [
      field('severity', 'CHOICE', 'Gravedad.', 'Severity.'),
      field('status', 'CHOICE', 'Abierta, vista o resuelta.', 'Open, seen or resolved.'),
      field('kind', 'CHOICE', 'Regla que se rompió.', 'Rule that was broken.'),
      field('raisedAt', 'TIME', 'Cuándo empezó.', 'When it began.'),
      field('resolvedAt', 'TIME', 'Cuándo terminó.', 'When it ended.'),
    ],
  },
  {
    name: 'compliance_submissions',
    owner: 'telemetry',
    permission: 'telemetry:read',
    title: text('Envíos al regulador', 'Submissions to the regulator'),
    meaning: text(
      'Cada fila es lo que se debe informar de un punto a un regulador (DGA, SMA) por una hora o un día.',
      'Each row is what is owed about a point to a regulator (DGA, SMA) for an hour or a day.',
    ),
    graphType: 'ComplianceSubmission',
    graphQuery: 'complianceSubmissions',
    freshness: {
      rule: text('Con cada intento de envío.', 'With every attempt to send.'),
      topics: [],
    },
    rules: [
      text(
        'Un envío aceptado tiene comprobante; nada se envía dos veces.',
        'An accepted one has a voucher; nothing is sent twice.',
      ),
    ],
    fields: [
      field('status', 'CHOICE', 'Cómo va.', 'How far it is.', { synonyms: ['enviado', 'pendiente'] }),
      field('slotAt', 'TIME', 'Hora que informa.', 'Time it reports.'),
      field('voucher', 'TEXT', 'Comprobante del regulador.', 'Voucher of the regulator.', {
        synonyms: ['comprobante'],
      }),
      field('attemptCount', 'NUMBER', 'Intentos.', 'Attempts.'),
    ],
  },
];
