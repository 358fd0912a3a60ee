-- Nothing looks for it, and it changes with every reading: without it, and with room in the page, a latest value is
-- replaced where it stands and no index is touched.
DROP INDEX "telemetry"."latest_measurements_expected_by_idx";
ALTER TABLE "telemetry"."latest_measurements" SET (fillfactor = 50);
