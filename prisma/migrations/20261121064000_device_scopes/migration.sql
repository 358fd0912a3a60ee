-- Devices that speak to our broker are found by their own ids.
CREATE INDEX "reading_sources_device_id_idx" ON "telemetry"."reading_sources"("device_id");

-- A ChirpStack application or a Sparkplug group is one provider's: nobody else can claim its devices.
CREATE UNIQUE INDEX "providers_one_owner_of_scope" ON "telemetry"."providers" ("kind", ("connection" ->> 'scope'))
  WHERE "kind" IN ('CHIRPSTACK', 'SPARKPLUG');
