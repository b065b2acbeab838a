-- AlterTable
ALTER TABLE "item_search" ADD COLUMN     "feed_id" INTEGER NOT NULL,
ADD COLUMN     "sort_at" TIMESTAMPTZ(3) NOT NULL;

-- CreateTable
CREATE TABLE "item_search_queue" (
    "id" BIGSERIAL NOT NULL,
    "item_id" BIGINT NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "item_search_queue_pkey" PRIMARY KEY ("id")
);

-- What was stored before comes first by what is newest.
INSERT INTO "item_search_queue" ("item_id") SELECT "id" FROM "items" ORDER BY "id" DESC;

-- New items are queued by the statement that stores them (lib/store/write-items.ts), which costs it nothing. Whatever
-- else changes an item is told here: an edit, or a merge that gives it to another feed.
-- \x3b is a semicolon: Prisma's adapter would cut the function at one.
CREATE FUNCTION queue_changed_item() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO item_search_queue (item_id) VALUES (NEW.id)\x3b
  RETURN NULL\x3b
END';

CREATE TRIGGER items_search_changed AFTER UPDATE ON "items"
FOR EACH ROW WHEN (OLD.content_hash IS DISTINCT FROM NEW.content_hash OR OLD.feed_id <> NEW.feed_id)
EXECUTE FUNCTION queue_changed_item();
