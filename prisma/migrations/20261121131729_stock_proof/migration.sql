-- AlterTable
ALTER TABLE "inventory"."erp_ventas" ADD COLUMN     "documento_origen" TEXT;

-- CreateTable
CREATE TABLE "inventory"."stock_proofs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "installation_id" UUID NOT NULL,
    "erp_clock" TEXT NOT NULL,
    "compared" INTEGER NOT NULL,
    "diverging" INTEGER NOT NULL,
    "balance_sum" DECIMAL(28,5) NOT NULL,
    "movement_sum" DECIMAL(28,5) NOT NULL,
    "our_sum" DECIMAL(28,5) NOT NULL,
    "divergences" JSONB NOT NULL DEFAULT '[]',
    "requested_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_proofs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "stock_proofs_installation_id_created_at_idx" ON "inventory"."stock_proofs"("installation_id", "created_at");

-- AddForeignKey
ALTER TABLE "inventory"."stock_proofs" ADD CONSTRAINT "stock_proofs_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "inventory"."erp_installations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
