-- Readings at which a counter did not simply go on: few among many, and asked for by the hour.
CREATE INDEX "measurements_odd_counter_idx" ON "telemetry"."measurements" ("point_id", "measured_at")
  WHERE "variable" = 'TOTAL' AND "flags" <> '{}';
