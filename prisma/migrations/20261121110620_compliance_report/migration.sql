-- AlterEnum
ALTER TYPE "telemetry"."notification_event" ADD VALUE 'COMPLIANCE_REPORT';
