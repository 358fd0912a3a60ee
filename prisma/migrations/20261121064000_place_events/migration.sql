-- What is kept of companies and sites outside this database (the gateway's cache) has to hear of every write, whoever
-- makes it: so the tables announce it, in the transaction of the write. One event for each row; TRUNCATE, which has no
-- rows, announces them all as "*".
CREATE FUNCTION "access"."announce_company"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO "platform"."outbox" ("topic", "key", "payload")
      VALUES ('access.companyChanged', '*', jsonb_build_object('operation', TG_OP));
  ELSE
    IF TG_OP = 'UPDATE' AND NEW."id" <> OLD."id" THEN
      INSERT INTO "platform"."outbox" ("topic", "key", "company_id", "payload")
        VALUES ('access.companyChanged', OLD."id"::text, OLD."id", jsonb_build_object('operation', 'DELETE'));
    END IF;
    INSERT INTO "platform"."outbox" ("topic", "key", "company_id", "payload")
      VALUES ('access.companyChanged', coalesce(NEW."id", OLD."id")::text, coalesce(NEW."id", OLD."id"),
              jsonb_build_object('operation', TG_OP));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "companies_announce" AFTER INSERT OR UPDATE OR DELETE ON "access"."companies"
  FOR EACH ROW EXECUTE FUNCTION "access"."announce_company"();
CREATE TRIGGER "companies_announce_truncate" AFTER TRUNCATE ON "access"."companies"
  FOR EACH STATEMENT EXECUTE FUNCTION "access"."announce_company"();

CREATE FUNCTION "access"."announce_site"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO "platform"."outbox" ("topic", "key", "payload")
      VALUES ('access.siteChanged', '*', jsonb_build_object('operation', TG_OP));
  ELSE
    IF TG_OP = 'UPDATE' AND NEW."id" <> OLD."id" THEN
      INSERT INTO "platform"."outbox" ("topic", "key", "company_id", "site_id", "payload")
        VALUES ('access.siteChanged', OLD."id"::text, OLD."company_id", OLD."id",
                jsonb_build_object('operation', 'DELETE'));
    END IF;
    INSERT INTO "platform"."outbox" ("topic", "key", "company_id", "site_id", "payload")
      VALUES ('access.siteChanged', coalesce(NEW."id", OLD."id")::text, coalesce(NEW."company_id", OLD."company_id"),
              coalesce(NEW."id", OLD."id"), jsonb_build_object('operation', TG_OP));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "sites_announce" AFTER INSERT OR UPDATE OR DELETE ON "access"."sites"
  FOR EACH ROW EXECUTE FUNCTION "access"."announce_site"();
CREATE TRIGGER "sites_announce_truncate" AFTER TRUNCATE ON "access"."sites"
  FOR EACH STATEMENT EXECUTE FUNCTION "access"."announce_site"();
