-- Whoever loads daily metrics (an ETL agent, a backfill, a person with psql), the people who watch them hear of it: one
-- event for each company and site that a statement touched, not one for each row.
CREATE FUNCTION "finance"."announce_daily_metrics"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "platform"."outbox" ("topic", "key", "company_id", "site_id", "payload")
  SELECT 'finance.dailyMetricsChanged', coalesce("site_id"::text, "company_id"::text, 'all'), "company_id", "site_id",
         jsonb_build_object('metrics', jsonb_agg(DISTINCT "metric"), 'from', min("date"), 'to', max("date"))
  FROM "changed"
  GROUP BY "company_id", "site_id";
  RETURN NULL;
END $$;

CREATE TRIGGER "daily_metrics_announce_insert" AFTER INSERT ON "finance"."daily_metrics"
  REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "finance"."announce_daily_metrics"();
CREATE TRIGGER "daily_metrics_announce_update" AFTER UPDATE ON "finance"."daily_metrics"
  REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "finance"."announce_daily_metrics"();

-- One level for each metric and place: what a site reports is not reported again for its company, or sums count twice.
COMMENT ON TABLE "finance"."daily_metrics" IS 'A metric is stored at one level only: by site, or by company with a null site.';
