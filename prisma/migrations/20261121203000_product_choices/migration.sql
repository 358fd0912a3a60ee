-- The choices of a list count every product of a company by its line of goods and whether it is on sale: read out of an index
-- a tenth as large as the rows. It takes the place of the one by line alone, of all companies together.
DROP INDEX "inventory"."idx_erp_productos_categoria";
CREATE INDEX "erp_productos_choices" ON "inventory"."erp_productos" ("company_id", "categoria", "activo", "id")
  WHERE "deleted_at" IS NULL;
