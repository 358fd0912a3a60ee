-- Nothing reads by these, and each row of a copy had to be written into them: codes of a company are in order where they
-- are unique, categories are not deleted, and a warehouse is known by its id.
DROP INDEX "inventory"."erp_productos_company_id_codigo_id_idx";
DROP INDEX "inventory"."erp_productos_category_id_idx";
DROP INDEX "inventory"."idx_erp_inventario_almacen";
