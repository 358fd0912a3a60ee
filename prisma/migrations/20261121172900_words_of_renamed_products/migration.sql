-- "found" and "new" are variables of a trigger's function: a row that is read needs another name, or each change of a code or
-- name is refused.
CREATE OR REPLACE FUNCTION "inventory"."keep_product_words"() RETURNS trigger LANGUAGE plpgsql AS $$
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
