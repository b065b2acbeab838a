-- DropIndex
DROP INDEX "items_sort_at_id_idx";

-- DropIndex
DROP INDEX "item_states_user_id_starred_at_idx";

-- AlterTable
ALTER TABLE "feeds" ADD COLUMN     "newest_item_id" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "subscriptions" ADD COLUMN     "counted_through" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "unread_count" INTEGER,
ADD COLUMN     "unread_from" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "item_states" ADD COLUMN     "feed_id" INTEGER,
ADD COLUMN     "sort_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "items_feed_id_id_sort_at_idx" ON "items"("feed_id", "id", "sort_at");

-- CreateIndex
CREATE INDEX "items_sort_at_id_feed_id_idx" ON "items"("sort_at" DESC, "id" DESC, "feed_id");

-- CreateIndex
CREATE INDEX "item_states_starred_idx" ON "item_states"("user_id", "sort_at", "item_id") WHERE (starred_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "item_states_read_idx" ON "item_states"("user_id", "read", "feed_id", "sort_at", "item_id") WHERE (read IS NOT NULL);


-- What a state is found by is the item's.
UPDATE "item_states" SET "feed_id" = "items"."feed_id", "sort_at" = "items"."sort_at"
FROM "items" WHERE "items"."id" = "item_id";

UPDATE "feeds" SET "newest_item_id" = "newest"."id"
FROM (SELECT "feed_id", max("id") AS "id" FROM "items" GROUP BY "feed_id") AS "newest" WHERE "feeds"."id" = "feed_id";

-- \x3b is a semicolon: Prisma's adapter would cut the function at one.
CREATE FUNCTION fill_item_state() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  SELECT feed_id, sort_at INTO NEW.feed_id, NEW.sort_at FROM items WHERE id = NEW.item_id\x3b
  RETURN NEW\x3b
END';

CREATE TRIGGER item_states_fill BEFORE INSERT ON "item_states"
FOR EACH ROW WHEN (NEW.feed_id IS NULL OR NEW.sort_at IS NULL) EXECUTE FUNCTION fill_item_state();

CREATE FUNCTION note_newest_items() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  UPDATE feeds SET newest_item_id = newest.id
  FROM (SELECT feed_id, max(id) AS id FROM fresh GROUP BY feed_id) AS newest
  WHERE feeds.id = newest.feed_id AND feeds.newest_item_id < newest.id\x3b
  RETURN NULL\x3b
END';

CREATE TRIGGER items_inserted AFTER INSERT ON "items" REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION note_newest_items();

-- An item that moves to another feed (a merge) takes its states along, and who reads that feed has to count again.
CREATE FUNCTION follow_item() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  UPDATE feeds SET newest_item_id = NEW.id WHERE id = NEW.feed_id AND newest_item_id < NEW.id\x3b
  UPDATE item_states SET feed_id = NEW.feed_id WHERE item_id = NEW.id\x3b
  UPDATE subscriptions SET unread_count = NULL WHERE feed_id = NEW.feed_id AND unread_count IS NOT NULL\x3b
  RETURN NULL\x3b
END';

CREATE TRIGGER items_moved AFTER UPDATE OF feed_id ON "items"
FOR EACH ROW WHEN (OLD.feed_id <> NEW.feed_id) EXECUTE FUNCTION follow_item();

-- So has who reads a feed that items are deleted from.
CREATE FUNCTION forget_counts() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  UPDATE subscriptions SET unread_count = NULL
  WHERE feed_id IN (SELECT feed_id FROM gone) AND unread_count IS NOT NULL\x3b
  RETURN NULL\x3b
END';

CREATE TRIGGER items_deleted AFTER DELETE ON "items" REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION forget_counts();
