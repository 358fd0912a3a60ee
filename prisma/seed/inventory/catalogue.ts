/** A line of goods: what it is called, how it is bought, and the articles it is made of. */
export interface DemoCategory {
  readonly name: string;
  /** Start of its SKUs. */
  readonly code: string;
  readonly unit: string;
  /** Money (CLP) that one unit costs, from the cheapest article to the dearest. */
  readonly costRange: readonly [number, number];
  readonly leadTimeDays: number;
  readonly packSize: number;
  /** Month (1 to 12) in which most is sold; 0 where the season does not matter. */
  readonly peakMonth: number;
  readonly kinds: readonly DemoKind[];
}

export interface DemoKind {
  readonly name: string;
  readonly code: string;
  readonly sizes: readonly string[];
  /** How its cost stands to the range of its category. */
  readonly costFactor: number;
}

/** Invented makers: an article is a kind in a size from one of them. */
export const demoMakers = [
  'Alerce',
  'Cordal',
  'Futrono',
  'Maqui',
  'Nahuel',
  'Puelche',
  'Quintral',
  'Traiguén',
] as const;

/** What a distributor of parts, packaging and veterinary goods has on its shelves; feed comes from production. */
export const demoCategories: readonly DemoCategory[] = [
  category('Rodamientos', 'ROD', 'un', [1_900, 96_000], 12, 1, 0, [
    kind('Rodamiento rígido de bolas', 'RB', steps(6201, 6216, 1, '', '-2RS')),
    kind('Rodamiento de rodillos cónicos', 'RC', steps(30203, 30216, 1)),
    kind('Rodamiento oscilante de rodillos', 'RO', steps(22205, 22216, 1, '', ' K')),
    kind('Rodamiento de agujas', 'RA', steps(12, 40, 4, 'HK ')),
    kind('Chumacera de pie', 'CP', steps(204, 214, 1, 'UCP ')),
  ]),
  category('Filtros', 'FIL', 'un', [3_200, 48_000], 7, 6, 2, [
    kind('Filtro de aceite', 'FA', steps(110, 230, 10, 'W ')),
    kind('Filtro de aire primario', 'FP', steps(400, 640, 20, 'P ')),
    kind('Filtro separador de agua', 'FS', steps(10, 90, 10, 'R ')),
    kind('Manga filtrante de polvo', 'FM', steps(1_500, 3_000, 250, '', ' mm')),
    kind('Filtro hidráulico de retorno', 'FH', steps(5, 50, 5, '', ' µm')),
  ]),
  category('Sellos y retenes', 'SEL', 'un', [900, 35_000], 10, 10, 0, [
    kind('Retén de eje', 'RE', steps(20, 90, 5, '', ' mm')),
    kind('Sello mecánico', 'SM', steps(16, 60, 4, '', ' mm')),
    kind('Anillo O-ring nitrilo', 'OR', steps(110, 240, 10, 'N-'), 0.08),
    kind('Sello hidráulico de vástago', 'SV', steps(25, 100, 5, '', ' mm')),
  ]),
  category('Correas', 'COR', 'un', [2_400, 78_000], 9, 1, 1, [
    kind('Correa en V clásica', 'CV', steps(28, 98, 4, 'B-')),
    kind('Correa dentada', 'CD', steps(400, 1_600, 100, 'XL ')),
    kind('Correa trapezoidal angosta', 'CT', steps(630, 2_030, 100, 'SPB ')),
    kind('Cangilón de elevador', 'CE', steps(120, 280, 20, '', ' mm'), 0.3),
  ]),
  category('Lubricantes', 'LUB', 'L', [2_100, 14_500], 6, 20, 11, [
    kind('Aceite hidráulico', 'AH', ['ISO 32', 'ISO 46', 'ISO 68', 'ISO 100', 'ISO 150']),
    kind('Aceite de engranajes', 'AE', ['ISO 150', 'ISO 220', 'ISO 320', 'ISO 460', 'ISO 680']),
    kind('Aceite de motor diésel', 'AM', ['10W-30', '15W-40', '20W-50', '5W-40']),
    kind('Grasa de litio', 'GL', ['NLGI 0', 'NLGI 1', 'NLGI 2', 'NLGI 3']),
    kind('Grasa alimentaria', 'GA', ['NLGI 1', 'NLGI 2']),
    kind('Lubricante de cadenas', 'LC', ['68', '150', '220', '320']),
    kind('Refrigerante', 'RF', ['concentrado', '50/50', 'orgánico', 'inhibido']),
    kind('Aceite de compresor', 'AC', ['46', '68', '100', '150']),
  ]),
  category('Eléctrico', 'ELE', 'un', [1_200, 240_000], 15, 1, 0, [
    kind('Contactor trifásico', 'CO', steps(9, 95, 8, '', ' A')),
    kind('Guardamotor', 'GM', steps(4, 32, 4, '', ' A'), 0.4),
    kind('Variador de frecuencia', 'VF', steps(1, 15, 2, '', ' kW')),
    kind('Sensor inductivo', 'SI', ['M8', 'M12', 'M18', 'M30'], 0.3),
    kind('Interruptor automático', 'IA', steps(6, 63, 6, '', ' A'), 0.15),
    kind('Motor eléctrico trifásico', 'MT', ['0,75 kW', '1,5 kW', '2,2 kW', '4 kW', '5,5 kW', '7,5 kW', '11 kW']),
  ]),
  category('Conductores', 'CON', 'm', [280, 9_800], 8, 100, 0, [
    kind('Cable de control apantallado', 'CC', ['2x0,75', '4x0,75', '4x1,5', '7x1,5', '12x1,5']),
    kind('Cable de fuerza', 'CF', ['3x2,5', '3x4', '3x6', '4x10', '4x16', '4x25']),
    kind('Cordón flexible', 'CX', ['2x1', '3x1', '3x1,5', '3x2,5']),
    kind('Manguera neumática', 'MN', ['6 mm', '8 mm', '10 mm', '12 mm', '16 mm']),
    kind('Manguera hidráulica', 'MH', ['1/4"', '3/8"', '1/2"', '3/4"', '1"']),
  ]),
  category('Veterinaria', 'VET', 'un', [1_500, 64_000], 5, 12, 6, [
    kind('Antiparasitario oral', 'AP', ['100 mL', '250 mL', '500 mL', '1 L', '5 L']),
    kind('Vitamina ADE inyectable', 'VI', ['50 mL', '100 mL', '250 mL', '500 mL']),
    kind('Desinfectante yodado', 'DY', ['1 L', '5 L', '20 L']),
    kind('Caravana de identificación', 'CI', ['amarilla', 'blanca', 'naranja', 'verde', 'azul'], 0.05),
    kind('Jeringa dosificadora', 'JD', ['10 mL', '20 mL', '30 mL', '50 mL'], 0.3),
    kind('Guante obstétrico', 'GO', ['S', 'M', 'L'], 0.05),
    kind('Sellador de pezones', 'SP', ['1 L', '5 L', '20 L']),
    kind('Suero rehidratante', 'SR', ['500 mL', '1 L', '5 L']),
  ]),
  category('Envases y embalaje', 'ENV', 'un', [45, 12_500], 14, 500, 3, [
    kind('Saco de polipropileno', 'SA', ['10 kg', '20 kg', '25 kg', '40 kg', '50 kg'], 0.06),
    kind('Maxisaco', 'MS', ['500 kg', '750 kg', '1.000 kg', '1.500 kg']),
    kind('Film estirable', 'FE', ['20 µm', '23 µm', '25 µm', '30 µm']),
    kind('Hilo de coser sacos', 'HC', ['12/4', '12/5', '20/4', '20/6']),
    kind('Etiqueta térmica', 'ET', ['50x30', '80x50', '100x50', '100x100', '100x150'], 0.5),
    kind('Pallet de madera', 'PM', ['1,0x1,2 m', '1,2x1,2 m']),
    kind('Zuncho plástico', 'ZP', ['12 mm', '16 mm', '19 mm']),
  ]),
  category('Pernería', 'PER', 'un', [25, 2_900], 4, 100, 0, [
    kind(
      'Perno hexagonal G8.8',
      'PH',
      crossed(['M6', 'M8', 'M10', 'M12', 'M16', 'M20'], ['20', '30', '40', '60', '80']),
    ),
    kind('Tuerca de seguridad', 'TS', ['M6', 'M8', 'M10', 'M12', 'M16', 'M20', 'M24'], 0.3),
    kind('Golilla plana', 'GP', ['M6', 'M8', 'M10', 'M12', 'M16', 'M20', 'M24'], 0.2),
    kind('Perno de cangilón', 'PC', ['M6x25', 'M8x30', 'M8x40', 'M10x40']),
  ]),
  category('Neumática', 'NEU', 'un', [2_800, 98_000], 18, 1, 0, [
    kind('Cilindro de doble efecto', 'CD', crossed(['32', '40', '50', '63', '80'], ['50', '100', '160', '250'])),
    kind('Electroválvula 5/2', 'EV', ['1/8"', '1/4"', '3/8"', '1/2"']),
    kind('Racor recto', 'RR', ['4 mm', '6 mm', '8 mm', '10 mm', '12 mm'], 0.06),
    kind('Unidad de mantenimiento FRL', 'UM', ['1/4"', '3/8"', '1/2"', '3/4"']),
  ]),
  category('Válvulas', 'VAL', 'un', [4_500, 185_000], 16, 1, 0, [
    kind('Válvula de bola', 'VB', ['1/2"', '3/4"', '1"', '1 1/2"', '2"', '3"']),
    kind('Válvula de mariposa', 'VM', ['2"', '3"', '4"', '6"', '8"']),
    kind('Válvula de retención', 'VR', ['1/2"', '3/4"', '1"', '2"', '3"']),
    kind('Válvula de seguridad', 'VS', ['4 bar', '6 bar', '8 bar', '10 bar', '16 bar']),
    kind('Trampa de vapor', 'TV', ['1/2"', '3/4"', '1"']),
    kind('Válvula de globo para vapor', 'VG', ['1/2"', '3/4"', '1"', '1 1/2"', '2"', '3"']),
    kind('Manómetro de glicerina', 'MG', ['0-4 bar', '0-6 bar', '0-10 bar', '0-16 bar', '0-25 bar'], 0.2),
  ]),
  category('Herramientas', 'HER', 'un', [1_800, 165_000], 6, 1, 0, [
    kind('Llave punta corona', 'LP', steps(8, 32, 1, '', ' mm'), 0.3),
    kind('Broca HSS', 'BR', steps(3, 13, 1, '', ' mm'), 0.2),
    kind('Disco de corte', 'DC', ['115 mm', '125 mm', '180 mm', '230 mm'], 0.1),
    kind('Extractor de rodamientos', 'EX', ['2 patas 4"', '2 patas 6"', '3 patas 6"', '3 patas 8"']),
  ]),
  category('Seguridad industrial', 'SEG', 'par', [650, 58_000], 7, 12, 5, [
    kind('Guante de nitrilo', 'GN', ['S', 'M', 'L', 'XL'], 0.15),
    kind('Zapato de seguridad', 'ZS', steps(37, 46, 1, 'N° ')),
    kind('Protector auditivo', 'PA', ['tapón', 'copa', 'copa para casco'], 0.2),
    kind('Bota de goma', 'BG', steps(38, 45, 1, 'N° ')),
    kind('Guante de cabritilla', 'GC', ['8', '9', '10', '11']),
    kind('Filtro para respirador', 'FR', ['P100', 'N95', 'vapores orgánicos', 'mixto']),
  ]),
  category('Transmisión', 'TRA', 'un', [5_200, 210_000], 20, 1, 0, [
    kind('Cadena de rodillos', 'CR', ['40-1', '50-1', '60-1', '80-1', '100-1', '60-2', '80-2']),
    kind('Piñón', 'PI', crossed(['40', '50', '60', '80'], ['Z12', 'Z15', 'Z18', 'Z21', 'Z25'])),
    kind('Polea en V', 'PV', crossed(['1 canal', '2 canales', '3 canales'], ['100 mm', '150 mm', '200 mm', '250 mm'])),
    kind('Acoplamiento elástico', 'AE', steps(70, 180, 10, 'N-')),
  ]),
  category('Matrices y rodillos', 'MAT', 'un', [180_000, 2_450_000], 45, 1, 0, [
    kind(
      'Matriz de peletizadora',
      'MP',
      crossed(['2,5 mm', '3 mm', '3,5 mm', '4 mm', '6 mm', '8 mm'], ['420', '520', '650']),
    ),
    kind('Camisa de rodillo', 'CA', crossed(['corrugada', 'perforada', 'lisa'], ['420', '520', '650'])),
    kind('Martillo de molino', 'MM', ['4 agujeros', '2 agujeros', 'carburo', 'templado'], 0.03),
    kind('Criba de molino', 'CM', ['2 mm', '2,5 mm', '3 mm', '4 mm', '5 mm', '6 mm'], 0.1),
  ]),
  category('Insumos agrícolas', 'AGR', 'kg', [420, 18_900], 8, 25, 9, [
    kind('Fertilizante NPK', 'FN', ['15-15-15', '17-20-20', '21-0-21', '10-30-10']),
    kind('Sal mineral', 'SM', ['bovino carne', 'lechera', 'ovino', 'equino']),
    kind('Semilla de ballica', 'SB', ['anual', 'bianual', 'perenne', 'híbrida']),
    kind('Semilla de avena', 'SV', ['grano', 'forrajera', 'strigosa']),
    kind('Inoculante de ensilaje', 'IE', ['maíz', 'alfalfa', 'pradera']),
    kind('Captador de micotoxinas', 'CM', ['estándar', 'amplio espectro', 'acuícola']),
    kind('Bicarbonato de sodio', 'BS', ['técnico', 'alimenticio']),
    kind('Premezcla vitamínica', 'PV', ['ponedoras', 'broiler', 'cerdos', 'terneros', 'vacas']),
  ]),
];

function category(
  name: string,
  code: string,
  unit: string,
  costRange: readonly [number, number],
  leadTimeDays: number,
  packSize: number,
  peakMonth: number,
  kinds: readonly DemoKind[],
): DemoCategory {
  return { name, code, unit, costRange, leadTimeDays, packSize, peakMonth, kinds };
}

function kind(name: string, code: string, sizes: readonly string[], costFactor = 1): DemoKind {
  return { name, code, sizes, costFactor };
}

function steps(from: number, to: number, step: number, prefix = '', suffix = ''): string[] {
  const count = Math.floor((to - from) / step) + 1;
  return Array.from({ length: count }, (_, index) => `${prefix}${from + index * step}${suffix}`);
}

function crossed(left: readonly string[], right: readonly string[]): string[] {
  return left.flatMap((first) => right.map((second) => `${first} x ${second}`));
}
