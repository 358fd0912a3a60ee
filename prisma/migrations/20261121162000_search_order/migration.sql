-- Lists are in the order of names as people read them: without accents and case. A broad search reads its first page out
-- of these orders instead of ranking all that it finds.
ALTER TABLE "inventory"."erp_productos"
  ADD COLUMN "nombre_busqueda" TEXT COLLATE "C" GENERATED ALWAYS AS ("platform"."search_text"("nombre")) STORED;
DROP INDEX "inventory"."erp_productos_nombre_id_idx";
DROP INDEX "inventory"."erp_productos_company_id_nombre_id_idx";
CREATE INDEX "erp_productos_by_name" ON "inventory"."erp_productos" ("nombre_busqueda", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "erp_productos_by_company_name" ON "inventory"."erp_productos" ("company_id", "nombre_busqueda", "id")
  WHERE "deleted_at" IS NULL;
CREATE INDEX "erp_productos_by_code" ON "inventory"."erp_productos" (("texto_busqueda" COLLATE "C"), "id")
  WHERE "deleted_at" IS NULL;

-- The words of codes and names of a company, each about once: what was misspelled is looked for among some thousand words
-- and not among all products. Words of products that are gone stay; they find nothing.
CREATE TABLE "inventory"."product_words" (
  "company_id" UUID NOT NULL,
  "word" TEXT NOT NULL
);
CREATE INDEX "product_words_company_id_word_idx" ON "inventory"."product_words" ("company_id", "word");
CREATE INDEX "product_words_trigram" ON "inventory"."product_words" USING gin ("word" gin_trgm_ops) WHERE "word" IS NOT NULL;

-- Words that may be misspelled: of letters alone, and neither short nor endless.
CREATE FUNCTION "inventory"."spelled_words"("input" text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT "lexeme" FROM unnest(to_tsvector('pg_catalog.simple', translate("input", './_-@:#&<>=?%+,', '               ')))
  WHERE "lexeme" ~ '^[[:alpha:]]{4,24}$';
END;

-- Nothing is unique here on purpose: who adds a word waits for nobody who is adding the same one, and can dead-lock with
-- nobody. A word that two add at once is there twice.
-- "found" and "new" are variables here, so no row bears those names.
CREATE FUNCTION "inventory"."keep_product_words"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    INSERT INTO "inventory"."product_words" ("company_id", "word")
    SELECT coalesce(NEW."company_id", '00000000-0000-0000-0000-000000000000'), "spelled"."word"
    FROM "inventory"."spelled_words"(NEW."texto_busqueda") AS "spelled" ("word")
    WHERE NOT EXISTS (SELECT FROM "inventory"."product_words" AS "w"
      WHERE "w"."company_id" = coalesce(NEW."company_id", '00000000-0000-0000-0000-000000000000') AND "w"."word" = "spelled"."word");
  ELSE
    INSERT INTO "inventory"."product_words" ("company_id", "word")
    SELECT "fresh"."company_id", "fresh"."word" FROM (
      SELECT DISTINCT coalesce("n"."company_id", '00000000-0000-0000-0000-000000000000') AS "company_id", "w" AS "word"
      FROM "added" AS "n", "inventory"."spelled_words"("n"."texto_busqueda") AS "w") AS "fresh"
    WHERE NOT EXISTS (SELECT FROM "inventory"."product_words" AS "w"
      WHERE "w"."company_id" = "fresh"."company_id" AND "w"."word" = "fresh"."word");
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "erp_productos_new_words" AFTER INSERT ON "inventory"."erp_productos" REFERENCING NEW TABLE AS "added"
  FOR EACH STATEMENT EXECUTE FUNCTION "inventory"."keep_product_words"();
CREATE TRIGGER "erp_productos_other_words" AFTER UPDATE OF "codigo", "nombre", "company_id" ON "inventory"."erp_productos"
  FOR EACH ROW WHEN (OLD."texto_busqueda" IS DISTINCT FROM NEW."texto_busqueda" OR OLD."company_id" IS DISTINCT FROM NEW."company_id")
  EXECUTE FUNCTION "inventory"."keep_product_words"();
INSERT INTO "inventory"."product_words" ("company_id", "word")
SELECT DISTINCT coalesce("p"."company_id", '00000000-0000-0000-0000-000000000000'), "w"
FROM "inventory"."erp_productos" AS "p", "inventory"."spelled_words"("p"."texto_busqueda") AS "w";

-- Words that may be meant by one that was typed: alike, with it inside, or beginning with what two swapped letters make of
-- it. All companies' where none is named.
CREATE FUNCTION "inventory"."words_like"("typed" text, "swapped" text, "companies" uuid[]) RETURNS SETOF text
  LANGUAGE sql STABLE PARALLEL SAFE SET pg_trgm.word_similarity_threshold = '0.3'
BEGIN ATOMIC
  SELECT DISTINCT "w"."word" FROM "inventory"."product_words" AS "w"
  WHERE ("companies" IS NULL OR "w"."company_id" = ANY ("companies"))
    AND ("w"."word" %> "typed" OR "w"."word" LIKE '%' || "typed" || '%' OR "w"."word" ~ "swapped");
END;
