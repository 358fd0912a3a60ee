-- Which span wrote an event, so that a trace leads from a change to those who saw it live.
ALTER TABLE "platform"."outbox" ADD COLUMN "traceparent" TEXT;
