-- The code that is printed on the thing, looked up by how it begins.
ALTER TABLE "inventory"."erp_productos" ADD COLUMN "codigo_barras" VARCHAR(50);
CREATE INDEX "erp_productos_codigo_barras" ON "inventory"."erp_productos" ("codigo_barras" text_pattern_ops)
  WHERE "codigo_barras" IS NOT NULL;

-- What is negative is rare, and looked for by who corrects it.
CREATE INDEX "erp_inventario_negative" ON "inventory"."erp_inventario" ("site_id", "producto_id") WHERE "stock_actual" < 0;

-- What a search looks at, worked out once for each change of a product and not for each row of each search.
DROP FUNCTION "inventory"."search_products"(text, integer);
DROP FUNCTION "inventory"."product_pattern"(text);
DROP INDEX "inventory"."idx_erp_productos_nombre";
DROP INDEX "inventory"."erp_productos_trigram";
ALTER TABLE "inventory"."erp_productos"
  ADD COLUMN "texto_busqueda" TEXT GENERATED ALWAYS AS ("platform"."search_text"("codigo" || ' ' || "nombre")) STORED,
  ADD COLUMN "documento_busqueda" TSVECTOR
    GENERATED ALWAYS AS ("inventory"."product_document"("codigo", "nombre", "descripcion", "categoria")) STORED;
CREATE INDEX "idx_erp_productos_nombre" ON "inventory"."erp_productos" USING gin ("documento_busqueda");
CREATE INDEX "erp_productos_trigram" ON "inventory"."erp_productos" USING gin ("texto_busqueda" gin_trgm_ops)
  WHERE "texto_busqueda" IS NOT NULL;
