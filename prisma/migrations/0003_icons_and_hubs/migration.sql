-- AlterEnum
ALTER TYPE "hub_state" ADD VALUE 'LEAVING';

-- AlterTable
ALTER TABLE "feeds" ALTER COLUMN "icon_due_at" DROP DEFAULT;

-- AlterTable
ALTER TABLE "hub_subscriptions" DROP CONSTRAINT "hub_subscriptions_pkey",
ADD COLUMN     "id" SERIAL NOT NULL,
ADD COLUMN     "missed_at" TIMESTAMPTZ(3),
ALTER COLUMN "secret" DROP NOT NULL,
ALTER COLUMN "ask_at" SET NOT NULL,
ADD CONSTRAINT "hub_subscriptions_pkey" PRIMARY KEY ("id");

-- CreateIndex
CREATE UNIQUE INDEX "hub_subscriptions_feed_id_hub_topic_key" ON "hub_subscriptions"("feed_id", "hub", "topic");

-- Feeds that have not been read yet wait for that.
UPDATE "feeds" SET "icon_due_at" = NULL WHERE "last_success_at" IS NULL;
