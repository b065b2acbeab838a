-- AlterTable
ALTER TABLE "item_states" ADD COLUMN     "read_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "mark_undos" (
    "token" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "marked_at" TIMESTAMPTZ(6) NOT NULL,
    "feed_ids" INTEGER[],
    "from_ids" BIGINT[],
    "through_ids" BIGINT[],
    "unread_ids" BIGINT[],
    "fresh_ids" BIGINT[],

    CONSTRAINT "mark_undos_pkey" PRIMARY KEY ("token")
);

-- CreateIndex
CREATE INDEX "mark_undos_user_id_marked_at_idx" ON "mark_undos"("user_id", "marked_at");

-- CreateIndex
CREATE INDEX "mark_undos_marked_at_idx" ON "mark_undos"("marked_at");

-- AddForeignKey
ALTER TABLE "mark_undos" ADD CONSTRAINT "mark_undos_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
