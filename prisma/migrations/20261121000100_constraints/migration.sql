-- What the Prisma schema cannot say: extensions, exclusion and check constraints, unique keys in which nulls are equal
-- or that hold for some rows only, partitions, triggers and search. Written by hand.

CREATE EXTENSION IF NOT EXISTS "pg_trgm";
CREATE EXTENSION IF NOT EXISTS "unaccent";
CREATE EXTENSION IF NOT EXISTS "btree_gist";

-- platform ----------------------------------------------------------------------------------------------------------

CREATE INDEX "outbox_unpublished_idx" ON "platform"."outbox" ("id") WHERE "published_at" IS NULL;

-- Wakes the relay at commit; it also polls, so a lost notice only costs time.
CREATE FUNCTION "platform"."announce_outbox"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('cauce_outbox', '');
  RETURN NULL;
END $$;

CREATE TRIGGER "outbox_announce" AFTER INSERT ON "platform"."outbox"
  FOR EACH STATEMENT EXECUTE FUNCTION "platform"."announce_outbox"();

CREATE FUNCTION "platform"."refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%.% keeps its rows as they were written: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;

-- `unaccent` depends on a dictionary by name, so Postgres calls it stable; bound to one dictionary it is immutable.
CREATE FUNCTION "platform"."search_text"("input" text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(unaccent('unaccent'::regdictionary, "input"));

-- access ------------------------------------------------------------------------------------------------------------

ALTER TABLE "access"."users" ADD CONSTRAINT "users_email_is_normal"
  CHECK ("email" = lower(btrim("email")) AND position('@' IN "email") > 1);

-- Two requests that rotate one token at once cannot both win.
CREATE UNIQUE INDEX "refresh_tokens_one_current" ON "access"."refresh_tokens" ("family_id") WHERE "rotated_at" IS NULL;

ALTER TABLE "access"."sites" ADD CONSTRAINT "sites_place_is_on_earth"
  CHECK ("latitude" BETWEEN -90 AND 90 AND "longitude" BETWEEN -180 AND 180);

CREATE TRIGGER "audit_log_append_only" BEFORE UPDATE OR DELETE ON "access"."audit_log"
  FOR EACH ROW EXECUTE FUNCTION "platform"."refuse_change"();
CREATE TRIGGER "audit_log_no_truncate" BEFORE TRUNCATE ON "access"."audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "platform"."refuse_change"();

-- production --------------------------------------------------------------------------------------------------------

CREATE UNIQUE INDEX "plant_mappings_one_per_name" ON "production"."plant_mappings" (lower(btrim("planta")));
ALTER TABLE "production"."plant_mappings" ADD CONSTRAINT "plant_mappings_sign"
  CHECK ("stored_difference_sign" IN (-1, 1));

DROP INDEX "production"."kpi_targets_metric_company_id_site_id_product_reference_val_key";
CREATE UNIQUE INDEX "kpi_targets_metric_company_id_site_id_product_reference_val_key" ON "production"."kpi_targets"
  ("metric", "company_id", "site_id", "product_reference", "valid_from") NULLS NOT DISTINCT;

-- A program that knows nothing of us writes its own columns; whose row it is follows from the plant's name. A row that
-- names its site itself keeps it.
CREATE FUNCTION "production"."place_order"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "mapping" "production"."plant_mappings"%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW."updated_at" = OLD."updated_at" THEN
      NEW."updated_at" := now();
    END IF;
    IF NEW."planta" IS DISTINCT FROM OLD."planta" AND NEW."site_id" IS NOT DISTINCT FROM OLD."site_id" THEN
      NEW."site_id" := NULL;
      NEW."company_id" := NULL;
    END IF;
  END IF;
  IF NEW."site_id" IS NULL AND NEW."planta" IS NOT NULL THEN
    SELECT * INTO "mapping" FROM "production"."plant_mappings"
      WHERE lower(btrim("planta")) = lower(btrim(NEW."planta"));
    IF FOUND THEN
      NEW."site_id" := "mapping"."site_id";
      NEW."company_id" := "mapping"."company_id";
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "produccion_aliar_place" BEFORE INSERT OR UPDATE ON "production"."produccion_aliar"
  FOR EACH ROW EXECUTE FUNCTION "production"."place_order"();

CREATE FUNCTION "production"."publish_order_change"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "changed" "production"."produccion_aliar"%ROWTYPE;
BEGIN
  IF TG_OP = 'DELETE' THEN
    "changed" := OLD;
  ELSE
    "changed" := NEW;
  END IF;
  INSERT INTO "platform"."outbox" ("topic", "key", "company_id", "site_id", "payload")
  VALUES (
    'production.orderChanged', "changed"."id"::text, "changed"."company_id", "changed"."site_id",
    jsonb_build_object(
      'operation', TG_OP,
      'orderId', "changed"."id",
      'registryId', "changed"."id_registro",
      'orderNumber', "changed"."orden_produccion"
    )
  );
  RETURN NULL;
END $$;

CREATE TRIGGER "produccion_aliar_publish" AFTER INSERT OR UPDATE OR DELETE ON "production"."produccion_aliar"
  FOR EACH ROW EXECUTE FUNCTION "production"."publish_order_change"();

-- Orders that came before their plant was known.
CREATE FUNCTION "production"."place_waiting_orders"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "production"."produccion_aliar" SET "site_id" = NEW."site_id", "company_id" = NEW."company_id"
    WHERE "site_id" IS NULL AND lower(btrim("planta")) = lower(btrim(NEW."planta"));
  RETURN NULL;
END $$;

CREATE TRIGGER "plant_mappings_place_waiting" AFTER INSERT OR UPDATE ON "production"."plant_mappings"
  FOR EACH ROW EXECUTE FUNCTION "production"."place_waiting_orders"();

-- The name that the source's own programs use, with their columns only.
CREATE VIEW "public"."produccion_aliar" AS SELECT
  "id_registro", "orden_produccion", "fecha_produccion", "mes_produccion", "planta", "referencia_producto",
  "nombre_producto", "toneladas_a_producir", "toneladas_materia_prima_consumida", "toneladas_anuladas",
  "toneladas_producidas", "tiene_adiflow", "peso_agua_kg", "order_produccion_despachada",
  "control_aceite_postengrase_pct", "control_presion_distribuidor_psi", "control_carga_alimentador_pct",
  "control_presion_acondicionador_psi", "durabilidad_pct_qa_agroindustrial", "dureza_qa_agroindustrial",
  "finos_pct_qa_agroindustrial", "durabilidad_pct_produccion", "dureza_produccion", "finos_pct_produccion",
  "diferencia_toneladas_por_orden_produccion", "sackoff_por_orden_produccion"
  FROM "production"."produccion_aliar";

-- inventory ---------------------------------------------------------------------------------------------------------

CREATE UNIQUE INDEX "erp_productos_one_per_sku" ON "inventory"."erp_productos" ("company_id", "codigo")
  NULLS NOT DISTINCT WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "erp_productos_one_per_erp_id" ON "inventory"."erp_productos" ("installation_id", "erp_id")
  NULLS NOT DISTINCT WHERE "erp_id" IS NOT NULL;
CREATE UNIQUE INDEX "erp_clientes_one_per_erp_id" ON "inventory"."erp_clientes" ("installation_id", "erp_id")
  NULLS NOT DISTINCT WHERE "erp_id" IS NOT NULL;
CREATE UNIQUE INDEX "erp_ventas_one_per_erp_id" ON "inventory"."erp_ventas" ("installation_id", "document_type", "erp_id")
  NULLS NOT DISTINCT WHERE "erp_id" IS NOT NULL;
CREATE UNIQUE INDEX "stock_movements_one_per_erp_id" ON "inventory"."stock_movements" ("installation_id", "erp_id")
  NULLS NOT DISTINCT WHERE "erp_id" IS NOT NULL;
CREATE UNIQUE INDEX "warehouses_one_per_erp_id" ON "inventory"."warehouses" ("installation_id", "erp_id")
  NULLS NOT DISTINCT WHERE "erp_id" IS NOT NULL;

DROP INDEX "inventory"."erp_inventario_producto_id_site_id_almacen_key";
CREATE UNIQUE INDEX "erp_inventario_producto_id_site_id_almacen_key" ON "inventory"."erp_inventario"
  ("producto_id", "site_id", "almacen") NULLS NOT DISTINCT;
DROP INDEX "inventory"."erp_ventas_company_id_installation_id_document_type_folio_key";
CREATE UNIQUE INDEX "erp_ventas_company_id_installation_id_document_type_folio_key" ON "inventory"."erp_ventas"
  ("company_id", "installation_id", "document_type", "folio") NULLS NOT DISTINCT;
DROP INDEX "inventory"."replenishment_settings_product_id_site_id_key";
CREATE UNIQUE INDEX "replenishment_settings_product_id_site_id_key" ON "inventory"."replenishment_settings"
  ("product_id", "site_id") NULLS NOT DISTINCT;
DROP INDEX "inventory"."demand_forecasts_product_id_site_id_starts_on_horizon_days__key";
CREATE UNIQUE INDEX "demand_forecasts_product_id_site_id_starts_on_horizon_days__key" ON "inventory"."demand_forecasts"
  ("product_id", "site_id", "starts_on", "horizon_days", "input_hash") NULLS NOT DISTINCT;

CREATE INDEX "idx_erp_inventario_stock" ON "inventory"."erp_inventario" ("site_id", "producto_id")
  WHERE "stock_actual" < "stock_minimo";

ALTER TABLE "inventory"."replenishment_settings" ADD CONSTRAINT "replenishment_settings_make_sense"
  CHECK ("lead_time_days" >= 0 AND "review_period_days" >= 0 AND "pack_size" > 0 AND "service_level" > 0 AND "service_level" < 1);

-- Two workers cannot copy the same rows at once.
CREATE UNIQUE INDEX "sync_jobs_one_running" ON "inventory"."sync_jobs" ("installation_id", "job_type")
  NULLS NOT DISTINCT WHERE "status" = 'running';

-- A product's words for full-text search, the code and the name before the rest. Accents and case do not count.
CREATE FUNCTION "inventory"."product_document"("codigo" text, "nombre" text, "descripcion" text, "categoria" text)
  RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN setweight(to_tsvector('pg_catalog.simple', "platform"."search_text"(coalesce("codigo", ''))), 'A')
    || setweight(to_tsvector('pg_catalog.spanish', "platform"."search_text"(coalesce("nombre", ''))), 'A')
    || setweight(to_tsvector('pg_catalog.spanish', "platform"."search_text"(coalesce("categoria", ''))), 'B')
    || setweight(to_tsvector('pg_catalog.spanish', "platform"."search_text"(coalesce("descripcion", ''))), 'C');

CREATE INDEX "idx_erp_productos_nombre" ON "inventory"."erp_productos"
  USING gin ("inventory"."product_document"("codigo", "nombre", "descripcion", "categoria"));
CREATE INDEX "erp_productos_trigram" ON "inventory"."erp_productos"
  USING gin ("platform"."search_text"("codigo" || ' ' || "nombre") gin_trgm_ops);

-- Every word of the search as a prefix, so that half-typed words find something.
CREATE FUNCTION "inventory"."product_query"("search" text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT coalesce(
      to_tsquery('pg_catalog.spanish', string_agg(quote_literal("word") || ':*', ' & '))
        || to_tsquery('pg_catalog.simple', string_agg(quote_literal("word") || ':*', ' & ')),
      ''::tsquery)
    FROM unnest(regexp_split_to_array("platform"."search_text"("search"), '[^[:alnum:]]+')) AS "word"
    WHERE "word" <> ''
  );

-- The search as a piece of text to be found as it stands.
CREATE FUNCTION "inventory"."product_pattern"("search" text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN '%' || regexp_replace("platform"."search_text"(btrim("search")), '([\\%_])', '\\\1', 'g') || '%';

-- Products that a person may mean, best first: by words, by a piece of the code or name, or nearly spelled so.
-- It knows no rights: filter its rows.
CREATE FUNCTION "inventory"."search_products"("search" text, "max_rows" integer DEFAULT 500)
  RETURNS TABLE ("id" uuid, "rank" real) LANGUAGE sql STABLE PARALLEL SAFE SET pg_trgm.word_similarity_threshold = '0.45'
BEGIN ATOMIC
  SELECT "p"."id", (
      ts_rank("inventory"."product_document"("p"."codigo", "p"."nombre", "p"."descripcion", "p"."categoria"),
        "inventory"."product_query"("search"))
      + word_similarity("platform"."search_text"("search"), "platform"."search_text"("p"."codigo" || ' ' || "p"."nombre"))
      + CASE WHEN "platform"."search_text"("p"."codigo" || ' ' || "p"."nombre") LIKE "inventory"."product_pattern"("search")
        THEN 1 ELSE 0 END
      + CASE WHEN "platform"."search_text"("p"."codigo") = "platform"."search_text"(btrim("search")) THEN 10 ELSE 0 END
    )::real AS "rank"
  FROM "inventory"."erp_productos" AS "p"
  WHERE "p"."deleted_at" IS NULL AND (
    "inventory"."product_document"("p"."codigo", "p"."nombre", "p"."descripcion", "p"."categoria")
      @@ "inventory"."product_query"("search")
    OR "platform"."search_text"("p"."codigo" || ' ' || "p"."nombre") %> "platform"."search_text"("search")
    OR "platform"."search_text"("p"."codigo" || ' ' || "p"."nombre") LIKE "inventory"."product_pattern"("search")
  )
  ORDER BY "rank" DESC, "p"."id"
  LIMIT "max_rows";
END;

-- clinics -----------------------------------------------------------------------------------------------------------

ALTER TABLE "clinics"."schedules" ADD CONSTRAINT "schedules_make_sense" CHECK (
  "start_minute" >= 0 AND "end_minute" <= 1440 AND "slot_minutes" > 0 AND "start_minute" + "slot_minutes" <= "end_minute"
  AND "weekdays" <@ ARRAY[1, 2, 3, 4, 5, 6, 7] AND ("valid_to" IS NULL OR "valid_to" >= "valid_from")
);

ALTER TABLE "clinics"."slots"
  ADD CONSTRAINT "slots_take_time" CHECK ("end_at" > "start_at"),
  ADD CONSTRAINT "slots_do_not_overlap"
    EXCLUDE USING gist ("practitioner_id" WITH =, tstzrange("start_at", "end_at") WITH &&)
    WHERE ("status" <> 'ENTERED_IN_ERROR');

ALTER TABLE "clinics"."appointments"
  ADD CONSTRAINT "appointments_take_time" CHECK ("end_at" > "start_at"),
  ADD CONSTRAINT "appointments_hold_ends" CHECK ("status" <> 'PROPOSED' OR ("hold_token" IS NOT NULL AND "held_until" IS NOT NULL)),
  ADD CONSTRAINT "appointments_have_patient" CHECK ("patient_id" IS NOT NULL OR "status" IN ('PROPOSED', 'CANCELLED')),
  ADD CONSTRAINT "appointments_overlap_has_reason" CHECK (NOT "is_overlap_allowed" OR btrim(coalesce("overlap_reason", '')) <> ''),
  ADD CONSTRAINT "appointments_practitioner_is_free"
    EXCLUDE USING gist ("practitioner_id" WITH =, tstzrange("start_at", "end_at") WITH &&)
    WHERE ("status" NOT IN ('CANCELLED', 'NOSHOW') AND NOT "is_overlap_allowed"),
  ADD CONSTRAINT "appointments_patient_is_free"
    EXCLUDE USING gist ("patient_id" WITH =, tstzrange("start_at", "end_at") WITH &&)
    WHERE ("status" NOT IN ('CANCELLED', 'NOSHOW') AND NOT "is_overlap_allowed");

-- Holds that have run out, to give their time back.
CREATE INDEX "appointments_holds" ON "clinics"."appointments" ("held_until") WHERE "status" = 'PROPOSED';

CREATE UNIQUE INDEX "conversations_one_open" ON "clinics"."conversations" ("clinic_id", "phone") WHERE "closed_at" IS NULL;

CREATE FUNCTION "clinics"."refuse_stale_writer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Conversation % was taken by a later writer (% < %)', OLD."id", NEW."fencing_token", OLD."fencing_token"
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "conversations_fence" BEFORE UPDATE ON "clinics"."conversations"
  FOR EACH ROW WHEN (NEW."fencing_token" < OLD."fencing_token") EXECUTE FUNCTION "clinics"."refuse_stale_writer"();

CREATE UNIQUE INDEX "waitlist_one_per_wish" ON "clinics"."waitlist" ("clinic_id", "patient_id", "specialty_id")
  WHERE "status" IN ('WAITING', 'OFFERED');

-- telemetry ---------------------------------------------------------------------------------------------------------

-- Partitions live apart, where the Prisma schema does not look.
CREATE SCHEMA "telemetry_partitions";

-- Readings of a month that has no partition yet are kept here, so that none is ever refused for its date.
CREATE TABLE "telemetry_partitions"."raw_readings_default" PARTITION OF "telemetry"."raw_readings" DEFAULT;
CREATE TABLE "telemetry_partitions"."measurements_default" PARTITION OF "telemetry"."measurements" DEFAULT;

-- The monthly partitions (in UTC) that the days between two dates need and that are not there.
CREATE FUNCTION "telemetry"."missing_partitions"("from_date" date, "to_date" date)
  RETURNS TABLE ("parent" text, "partition" text, "starts" timestamptz, "ends" timestamptz) LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT "p", "p" || to_char("m", '_YYYY_MM'), "m" AT TIME ZONE 'UTC', ("m" + interval '1 month') AT TIME ZONE 'UTC'
  FROM unnest(ARRAY['raw_readings', 'measurements']) AS "p",
    generate_series(date_trunc('month', "from_date"::timestamp), "to_date"::timestamp, interval '1 month') AS "m"
  WHERE to_regclass(format('telemetry_partitions.%I', "p" || to_char("m", '_YYYY_MM'))) IS NULL;
END;

-- Makes those partitions, and moves into them what the default ones hold of their months. Answers how many were made.
-- Safe to repeat, and to call from several places at once while readings come in: it takes both tables or neither, and
-- rather gives up for a moment than let a writer wait long or end in a deadlock with it.
CREATE FUNCTION "telemetry"."ensure_partitions"("from_date" date, "to_date" date) RETURNS integer
  LANGUAGE plpgsql SET lock_timeout = '250ms' AS $$
DECLARE
  "missing" record;
  "default_name" text;
  "holds_rows" boolean;
  "made" integer := 0;
BEGIN
  IF NOT EXISTS (SELECT FROM "telemetry"."missing_partitions"("from_date", "to_date")) THEN
    RETURN 0;
  END IF;
  FOR "try" IN 1..60 LOOP
    BEGIN
      LOCK TABLE "telemetry"."raw_readings", "telemetry"."measurements" IN ACCESS EXCLUSIVE MODE;
      EXIT;
    EXCEPTION WHEN lock_not_available THEN
      IF "try" = 60 THEN
        RAISE;
      END IF;
      PERFORM pg_sleep(0.05 + random() * 0.1);
    END;
  END LOOP;
  FOR "missing" IN SELECT * FROM "telemetry"."missing_partitions"("from_date", "to_date") LOOP
    "default_name" := "missing"."parent" || '_default';
    EXECUTE format('SELECT EXISTS (SELECT FROM telemetry_partitions.%I WHERE measured_at >= $1 AND measured_at < $2)', "default_name")
      INTO "holds_rows" USING "missing"."starts", "missing"."ends";
    -- Detached, the default partition is an ordinary table: what refuses changes to readings does not refuse the move.
    IF "holds_rows" THEN
      EXECUTE format('ALTER TABLE telemetry.%I DETACH PARTITION telemetry_partitions.%I', "missing"."parent", "default_name");
    END IF;
    EXECUTE format('CREATE TABLE telemetry_partitions.%I PARTITION OF telemetry.%I FOR VALUES FROM (%L) TO (%L)',
      "missing"."partition", "missing"."parent", "missing"."starts", "missing"."ends");
    IF "holds_rows" THEN
      EXECUTE format('WITH moved AS (DELETE FROM telemetry_partitions.%I WHERE measured_at >= $1 AND measured_at < $2 RETURNING *)
        INSERT INTO telemetry.%I SELECT * FROM moved', "default_name", "missing"."parent")
        USING "missing"."starts", "missing"."ends";
      EXECUTE format('ALTER TABLE telemetry.%I ATTACH PARTITION telemetry_partitions.%I DEFAULT', "missing"."parent", "default_name");
    END IF;
    "made" := "made" + 1;
  END LOOP;
  RETURN "made";
END $$;

CREATE TRIGGER "raw_readings_immutable" BEFORE UPDATE OR DELETE ON "telemetry"."raw_readings"
  FOR EACH ROW EXECUTE FUNCTION "platform"."refuse_change"();

ALTER TABLE "telemetry"."catchment_points"
  -- The code is a level of an MQTT topic.
  ADD CONSTRAINT "catchment_points_code_fits_topic" CHECK ("code" ~ '^[^+#/[:space:]]+$'),
  ADD CONSTRAINT "catchment_points_place_is_on_earth" CHECK ("latitude" BETWEEN -90 AND 90 AND "longitude" BETWEEN -180 AND 180),
  ADD CONSTRAINT "catchment_points_meter_digits" CHECK ("meter_digits" BETWEEN 1 AND 15);

ALTER TABLE "telemetry"."point_variables"
  ADD CONSTRAINT "point_variables_one_pulse_constant" CHECK (num_nonnulls("pulses_per_liter", "liters_per_pulse") <= 1),
  ADD CONSTRAINT "point_variables_constants_count" CHECK ("pulses_per_liter" > 0 AND "liters_per_pulse" > 0 AND "calibration_factor" > 0);

DROP INDEX "telemetry"."reading_sources_provider_id_device_id_key";
CREATE UNIQUE INDEX "reading_sources_provider_id_device_id_key" ON "telemetry"."reading_sources"
  ("provider_id", "device_id") NULLS NOT DISTINCT;

CREATE UNIQUE INDEX "alerts_one_open_episode" ON "telemetry"."alerts" ("point_id", "rule_id", "variable")
  NULLS NOT DISTINCT WHERE "status" <> 'RESOLVED';

ALTER TABLE "telemetry"."compliance_configs" ADD CONSTRAINT "compliance_configs_one_at_a_time"
  EXCLUDE USING gist ("point_id" WITH =, "source_id" WITH =, tstzrange("starts_at", "ends_at") WITH &&)
  WHERE ("is_active");

-- At most one call is under way for a submission, and at most one is ever accepted.
CREATE UNIQUE INDEX "submission_attempts_one_open" ON "telemetry"."submission_attempts" ("submission_id")
  WHERE "finished_at" IS NULL;
CREATE UNIQUE INDEX "submission_attempts_one_accepted" ON "telemetry"."submission_attempts" ("submission_id")
  WHERE "outcome" IN ('ACCEPTED', 'ACCEPTED_WITHOUT_VOUCHER', 'DUPLICATE_WITH_VOUCHER');

-- What a regulator has accepted can be verified, and nothing else.
CREATE FUNCTION "telemetry"."refuse_reopening"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Submission % was accepted and cannot become %', OLD."id", NEW."status"
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "compliance_submissions_stay_sent" BEFORE UPDATE ON "telemetry"."compliance_submissions"
  FOR EACH ROW WHEN (OLD."status" IN ('SENT', 'VERIFIED') AND NEW."status" NOT IN ('SENT', 'VERIFIED'))
  EXECUTE FUNCTION "telemetry"."refuse_reopening"();

-- finance -----------------------------------------------------------------------------------------------------------

DROP INDEX "finance"."daily_metrics_date_metric_company_id_site_id_key";
CREATE UNIQUE INDEX "daily_metrics_date_metric_company_id_site_id_key" ON "finance"."daily_metrics"
  ("date", "metric", "company_id", "site_id") NULLS NOT DISTINCT;

CREATE UNIQUE INDEX "etl_runs_one_running" ON "finance"."etl_runs" ("source_id") WHERE "status" = 'RUNNING';
