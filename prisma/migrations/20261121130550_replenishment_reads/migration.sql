-- What a site sold in its last days, read without its other years and without the rows themselves.
CREATE INDEX "idx_erp_ventas_detalle_demand" ON "inventory"."erp_ventas_detalle" ("site_id", "fecha")
  INCLUDE ("producto_id", "cantidad") WHERE NOT "is_cancelled" AND "producto_id" IS NOT NULL;

-- A maximum below the minimum can be met by nothing.
ALTER TABLE "inventory"."replenishment_settings" ADD CONSTRAINT "replenishment_settings_limits"
  CHECK ("maximum" IS NULL OR "minimum" IS NULL OR "maximum" >= "minimum") NOT VALID;
