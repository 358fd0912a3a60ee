-- In PL/pgSQL `found` is a variable: what bears that name is ambiguous, and every change of a product's code or name was refused.
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
    SELECT "spelled"."company_id", "spelled"."word" FROM (
      SELECT DISTINCT coalesce("n"."company_id", '00000000-0000-0000-0000-000000000000') AS "company_id", "w" AS "word"
      FROM "added" AS "n", "inventory"."spelled_words"("n"."texto_busqueda") AS "w") AS "spelled"
    WHERE NOT EXISTS (SELECT FROM "inventory"."product_words" AS "w"
      WHERE "w"."company_id" = "spelled"."company_id" AND "w"."word" = "spelled"."word");
  END IF;
  RETURN NULL;
END $$;
