-- A list of prices changes all at once, and a product has twelve indexes: with room in its page a row that only gets
-- another price is written there, and no index is.
ALTER TABLE "inventory"."erp_productos" SET (fillfactor = 50);
