-- CreateTable
CREATE TABLE "host_visits" (
    "id" BIGSERIAL NOT NULL,
    "host" TEXT NOT NULL,
    "slot_at" TIMESTAMPTZ(3) NOT NULL,
    "admitted" BOOLEAN NOT NULL DEFAULT false,
    "until" TIMESTAMPTZ(3),
    "feed_id" INTEGER,
    "claim" UUID,

    CONSTRAINT "host_visits_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "host_visits_host_idx" ON "host_visits"("host");

-- CreateIndex
CREATE INDEX "host_visits_feed_id_idx" ON "host_visits"("feed_id");
