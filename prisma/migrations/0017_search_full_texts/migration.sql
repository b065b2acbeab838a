-- What an item is found by has the text of its own page in it: with each text that comes, changes or goes, the item waits
-- to be made searchable again. One that goes with its item has nothing left to be found.
-- \x3b is a semicolon: Prisma's adapter would cut the function at one.
CREATE FUNCTION queue_item_of_full_text() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO item_search_queue (item_id)
  SELECT id FROM items WHERE id = COALESCE(NEW.item_id, OLD.item_id)\x3b
  RETURN NULL\x3b
END';

CREATE TRIGGER full_texts_search_come AFTER INSERT ON "full_texts"
FOR EACH ROW WHEN (NEW.html IS NOT NULL) EXECUTE FUNCTION queue_item_of_full_text();

CREATE TRIGGER full_texts_search_changed AFTER UPDATE OF "html" ON "full_texts"
FOR EACH ROW WHEN (OLD.html IS DISTINCT FROM NEW.html) EXECUTE FUNCTION queue_item_of_full_text();

CREATE TRIGGER full_texts_search_gone AFTER DELETE ON "full_texts"
FOR EACH ROW WHEN (OLD.html IS NOT NULL) EXECUTE FUNCTION queue_item_of_full_text();

-- Vectors say now which words are neighbours, too: all are written anew, what is newest first. Until then, phrases are not
-- found in what is older.
INSERT INTO "item_search_queue" ("item_id") SELECT "id" FROM "items" ORDER BY "id" DESC;
