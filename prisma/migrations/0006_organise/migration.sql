-- DropIndex
DROP INDEX "subscriptions_feed_id_idx";

-- AlterTable
ALTER TABLE "feeds" ADD COLUMN     "trim_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "feed_aliases" ADD COLUMN     "offers" JSONB;

-- AlterTable
ALTER TABLE "subscriptions" ADD COLUMN     "floor_minutes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "keep_days" INTEGER,
ADD COLUMN     "keep_items" INTEGER,
ADD COLUMN     "offers" JSONB;

-- CreateTable
CREATE TABLE "forgotten_items" (
    "feed_id" INTEGER NOT NULL,
    "mark" BIGINT NOT NULL,

    CONSTRAINT "forgotten_items_pkey" PRIMARY KEY ("feed_id","mark")
);

-- CreateTable
CREATE TABLE "ended_subscriptions" (
    "user_id" INTEGER NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "undo" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "folder_id" INTEGER,
    "folder_name" TEXT,
    "kept" JSONB NOT NULL,

    CONSTRAINT "ended_subscriptions_pkey" PRIMARY KEY ("user_id","feed_id")
);

-- CreateIndex
CREATE INDEX "ended_subscriptions_undo_idx" ON "ended_subscriptions"("undo");

-- CreateIndex
CREATE INDEX "ended_subscriptions_feed_id_idx" ON "ended_subscriptions"("feed_id");

-- CreateIndex
CREATE INDEX "ended_subscriptions_folder_id_idx" ON "ended_subscriptions"("folder_id");

-- CreateIndex
CREATE INDEX "ended_subscriptions_ended_at_idx" ON "ended_subscriptions"("ended_at");

-- CreateIndex
CREATE INDEX "feeds_trim_at_idx" ON "feeds"("trim_at");

-- CreateIndex
CREATE INDEX "subscriptions_feed_id_floor_minutes_idx" ON "subscriptions"("feed_id", "floor_minutes");

-- AddForeignKey
ALTER TABLE "forgotten_items" ADD CONSTRAINT "forgotten_items_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ended_subscriptions" ADD CONSTRAINT "ended_subscriptions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ended_subscriptions" ADD CONSTRAINT "ended_subscriptions_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ended_subscriptions" ADD CONSTRAINT "ended_subscriptions_folder_id_fkey" FOREIGN KEY ("folder_id") REFERENCES "folders"("id") ON DELETE SET NULL ON UPDATE CASCADE;
