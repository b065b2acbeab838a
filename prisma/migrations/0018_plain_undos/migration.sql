-- What marking all overwrites is kept for an hour at most, and read once: packing it cost more than writing it.
ALTER TABLE "mark_undos"
ALTER COLUMN "feed_ids" SET STORAGE EXTERNAL,
ALTER COLUMN "from_ids" SET STORAGE EXTERNAL,
ALTER COLUMN "through_ids" SET STORAGE EXTERNAL,
ALTER COLUMN "from_counts" SET STORAGE EXTERNAL,
ALTER COLUMN "from_dates" SET STORAGE EXTERNAL,
ALTER COLUMN "unread_ids" SET STORAGE EXTERNAL,
ALTER COLUMN "fresh_ids" SET STORAGE EXTERNAL;
