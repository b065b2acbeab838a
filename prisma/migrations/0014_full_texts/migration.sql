-- AlterTable
ALTER TABLE "subscriptions" ADD COLUMN     "full_text" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "full_texts" (
    "item_id" BIGINT NOT NULL,
    "host" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "settled_at" TIMESTAMPTZ(3),
    "html" TEXT,
    "error_code" TEXT,
    "error_message" TEXT,

    CONSTRAINT "full_texts_pkey" PRIMARY KEY ("item_id")
);

-- CreateIndex
CREATE INDEX "full_texts_due_idx" ON "full_texts"("due_at") WHERE (due_at IS NOT NULL);

-- AddForeignKey
ALTER TABLE "full_texts" ADD CONSTRAINT "full_texts_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE CASCADE ON UPDATE CASCADE;
