/**
 * What each version of each metric meant, as its fingerprint. A definition that changes its meaning needs a new
 * version and a new line here; lines are never changed, because answers point at them.
 */
export const publishedMetrics: Readonly<Record<string, string>> = {
  'production.planned_tons@1': '0b65028700e92eff',
  'production.produced_tons@1': '959ebd3de3f99d09',
  'production.cancelled_tons@1': '0b08fd9c5b81d4cb',
  'production.order_difference_tons@1': '785973867f3437fc',
  'production.efficiency_pct@1': 'd271eb91fb383e5f',
  'production.sackoff_pct@1': '1dcd18deb011b59a',
  'production.mass_balance_shrink_pct@1': '2956ae05e8343b46',
  'production.durability_pct@1': '165610119675b49a',
  'production.hardness@1': '97865dc65a5061ce',
  'production.fines_pct@1': '9b932c451f638507',
  'production.adiflow_share_pct@1': '8bca959a69dfc407',
  'production.order_count@1': '82726a14c930bae4',
  'production.adiflow_effect@1': '1df31fccb328bfaf',
  'inventory.low_stock_count@1': '831433e6dc697281',
  'inventory.negative_stock_count@1': '15df1ccdda7ff0b1',
  'inventory.stock_value@1': '1999c4a435445b86',
  'inventory.days_of_cover@1': 'f66416d2481d1b7c',
  'clinics.appointments_today@1': '9f68b9c9a039ad31',
  'clinics.open_slots_today@1': 'cd33d88ad27eab04',
  'clinics.no_shows_today@1': 'de4b6ef4d85b1939',
  'clinics.average_response_seconds@1': 'c1814e0cb39a9c87',
  'telemetry.water_volume_m3@1': '2c99d740820faf94',
  'telemetry.open_alerts@1': '36ba5f07f099c199',
  'finance.daily_metric@1': 'e43869c5f1fe8146',
  'finance.gross_profit@1': '0f48d8af10c1b466',
  'finance.net_income@1': 'ac94993cd0644cc5',
  'finance.headcount@1': '3b923e1be2a3a640',
};
