-- CreateTable
CREATE TABLE "feed_schedules" (
    "feed_id" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "next_fetch_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "next_reason" TEXT,
    "sweep_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "claim" UUID,
    "claim_until" TIMESTAMPTZ(3),
    "stage" "fetch_stage",
    "stage_since" TIMESTAMPTZ(3),
    "slot_at" TIMESTAMPTZ(3),
    "requested_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "last_fetch_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_total_ms" INTEGER,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "feed_schedules_pkey" PRIMARY KEY ("feed_id")
);

-- What is known of the feeds that are there. They keep their turns and claims.
INSERT INTO "feed_schedules" ("feed_id", "host", "next_fetch_at", "next_reason", "sweep_at", "claim", "claim_until",
    "stage", "stage_since", "slot_at", "requested_at", "last_fetch_at", "last_success_at", "last_total_ms", "failures")
SELECT "id", "host", "next_fetch_at", "next_reason", "sweep_at", "claim", "claim_until",
    "stage", "stage_since", "slot_at", "requested_at", "last_fetch_at", "last_success_at", "last_total_ms", "failures"
FROM "feeds";

-- CreateIndex
CREATE INDEX "feed_schedules_sweep_at_idx" ON "feed_schedules"("sweep_at");

-- CreateIndex
CREATE INDEX "feed_schedules_claimed_idx" ON "feed_schedules"("host") WHERE (claim IS NOT NULL);

-- CreateIndex
CREATE INDEX "feed_schedules_line_idx" ON "feed_schedules"("host", "slot_at") WHERE (slot_at IS NOT NULL);

-- AddForeignKey
ALTER TABLE "feed_schedules" ADD CONSTRAINT "feed_schedules_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- DropIndex
DROP INDEX "feeds_sweep_at_idx";

-- DropIndex
DROP INDEX "feeds_next_fetch_at_idx";

-- DropIndex
DROP INDEX "feeds_host_claim_until_idx";

-- DropIndex
DROP INDEX "feeds_host_slot_at_idx";

-- AlterTable
ALTER TABLE "feeds" DROP COLUMN "claim",
DROP COLUMN "claim_until",
DROP COLUMN "failures",
DROP COLUMN "last_fetch_at",
DROP COLUMN "last_success_at",
DROP COLUMN "last_total_ms",
DROP COLUMN "next_fetch_at",
DROP COLUMN "next_reason",
DROP COLUMN "requested_at",
DROP COLUMN "slot_at",
DROP COLUMN "stage",
DROP COLUMN "stage_since",
DROP COLUMN "sweep_at";

-- Room in each page for what changes there, and dead rows removed before they are a fifth of the table.
ALTER TABLE "feed_schedules" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "feeds" SET (fillfactor = 90);

-- A feed is never without its row, whoever makes it: it would never be fetched. Whoever wants another row than one that
-- is due now inserts it in the same statement. Migrations are cut into statements at
-- each semicolon, so that those within a function are written \073.
CREATE FUNCTION "schedule_new_feeds"() RETURNS trigger LANGUAGE plpgsql AS E'BEGIN
    INSERT INTO feed_schedules (feed_id, host) SELECT id, host FROM added ON CONFLICT DO NOTHING\073
    RETURN NULL\073
END';

CREATE TRIGGER "feeds_schedule_new" AFTER INSERT ON "feeds" REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION "schedule_new_feeds"();

CREATE FUNCTION "reschedule_moved_feed"() RETURNS trigger LANGUAGE plpgsql AS E'BEGIN
    UPDATE feed_schedules SET host = NEW.host WHERE feed_id = NEW.id\073
    RETURN NULL\073
END';

CREATE TRIGGER "feeds_reschedule_moved" AFTER UPDATE OF "host" ON "feeds"
    FOR EACH ROW WHEN (OLD.host IS DISTINCT FROM NEW.host) EXECUTE FUNCTION "reschedule_moved_feed"();
