-- CreateEnum
CREATE TYPE "hub_state" AS ENUM ('PENDING', 'ACTIVE', 'DENIED');

-- DropIndex
DROP INDEX "feeds_host_idx";

-- AlterTable
ALTER TABLE "feeds" ADD COLUMN     "credentials" BYTEA,
ADD COLUMN     "icon_due_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "icon_id" INTEGER,
ADD COLUMN     "last_item_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_total_ms" INTEGER,
ADD COLUMN     "moved_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "moved_to" TEXT,
ADD COLUMN     "replacement" TEXT,
ADD COLUMN     "slot_at" TIMESTAMPTZ(3),
ADD COLUMN     "user_agent" TEXT;

-- AlterTable
ALTER TABLE "fetches" ADD COLUMN     "warnings" JSONB;

-- CreateTable
CREATE TABLE "hosts" (
    "host" TEXT NOT NULL,
    "next_slot" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rest_until" TIMESTAMPTZ(3),
    "rest_reason" TEXT,

    CONSTRAINT "hosts_pkey" PRIMARY KEY ("host")
);

-- CreateTable
CREATE TABLE "icons" (
    "id" SERIAL NOT NULL,
    "hash" BYTEA NOT NULL,
    "png32" BYTEA NOT NULL,
    "png64" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "icons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub_subscriptions" (
    "feed_id" INTEGER NOT NULL,
    "hub" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "state" "hub_state" NOT NULL DEFAULT 'PENDING',
    "token" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "ask_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "last_push_at" TIMESTAMPTZ(3),

    CONSTRAINT "hub_subscriptions_pkey" PRIMARY KEY ("feed_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "icons_hash_key" ON "icons"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "hub_subscriptions_token_key" ON "hub_subscriptions"("token");

-- CreateIndex
CREATE INDEX "hub_subscriptions_ask_at_idx" ON "hub_subscriptions"("ask_at");

-- CreateIndex
CREATE INDEX "feeds_host_claim_until_idx" ON "feeds"("host", "claim_until");

-- CreateIndex
CREATE INDEX "feeds_host_slot_at_idx" ON "feeds"("host", "slot_at");

-- CreateIndex
CREATE INDEX "feeds_icon_id_idx" ON "feeds"("icon_id");

-- CreateIndex
CREATE INDEX "feeds_icon_due_at_idx" ON "feeds"("icon_due_at");

-- AddForeignKey
ALTER TABLE "feeds" ADD CONSTRAINT "feeds_icon_id_fkey" FOREIGN KEY ("icon_id") REFERENCES "icons"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub_subscriptions" ADD CONSTRAINT "hub_subscriptions_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE CASCADE ON UPDATE CASCADE;
