-- The copy of an ERP: where a run stands, so that another worker goes on from there, and what a row is known by there.

ALTER TYPE "inventory"."sync_entity" ADD VALUE 'almacenes';
ALTER TYPE "inventory"."sync_entity" ADD VALUE 'precios';

ALTER TABLE "inventory"."sync_jobs"
  ADD COLUMN "attempt" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "next_attempt_at" TIMESTAMPTZ(3),
  ADD COLUMN "progress" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "error_code" TEXT;

ALTER TABLE "inventory"."erp_installations" ADD COLUMN "audit" JSONB, ADD COLUMN "audited_at" TIMESTAMPTZ(3);

ALTER TABLE "inventory"."erp_productos" ADD COLUMN "erp_codigo" VARCHAR(50), ADD COLUMN "price_hash" TEXT;
ALTER TABLE "inventory"."warehouses" ADD COLUMN "row_hash" TEXT, ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
ALTER TABLE "inventory"."erp_inventario" ADD COLUMN "installation_id" UUID, ADD COLUMN "erp_id" TEXT;
ALTER TABLE "inventory"."erp_ventas" ADD COLUMN "cliente_erp_id" TEXT, ADD COLUMN "almacen_erp_id" TEXT;
ALTER TABLE "inventory"."erp_ventas_detalle" ADD COLUMN "producto_erp_id" TEXT, ADD COLUMN "installation_id" UUID;

ALTER TABLE "inventory"."sync_certificates"
  ADD COLUMN "our_min_key" TEXT,
  ADD COLUMN "our_max_key" TEXT,
  ADD COLUMN "failed_count" BIGINT NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX "erp_inventario_one_per_erp_id" ON "inventory"."erp_inventario" ("installation_id", "erp_id")
  WHERE "erp_id" IS NOT NULL;

-- Products whose code somebody else has for now, and lines whose product is not here yet: few, and looked for in each run.
CREATE INDEX "erp_productos_waiting_for_sku" ON "inventory"."erp_productos" ("installation_id")
  WHERE "codigo" <> "erp_codigo";
CREATE INDEX "erp_ventas_detalle_without_product" ON "inventory"."erp_ventas_detalle" ("installation_id", "producto_erp_id")
  WHERE "producto_id" IS NULL AND "producto_erp_id" IS NOT NULL;

-- A folio may be used again in an ERP: there a document is known by its id.
DROP INDEX "inventory"."erp_ventas_company_id_installation_id_document_type_folio_key";
CREATE UNIQUE INDEX "erp_ventas_one_per_folio" ON "inventory"."erp_ventas"
  ("company_id", "installation_id", "document_type", "folio") NULLS NOT DISTINCT WHERE "erp_id" IS NULL;
CREATE INDEX "erp_ventas_company_id_installation_id_document_type_folio_idx" ON "inventory"."erp_ventas"
  ("company_id", "installation_id", "document_type", "folio");

-- One run of a kind waits or works at a time.
DROP INDEX "inventory"."sync_jobs_one_running";
CREATE UNIQUE INDEX "sync_jobs_one_open" ON "inventory"."sync_jobs" ("installation_id", "job_type")
  NULLS NOT DISTINCT WHERE "status" IN ('pending', 'running');
