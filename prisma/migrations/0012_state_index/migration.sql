-- DropIndex
DROP INDEX "item_states_item_id_idx";

-- CreateIndex
CREATE INDEX "item_states_item_id_user_id_read_idx" ON "item_states"("item_id", "user_id", "read");


-- Counts change often: their new versions find room beside the old ones, and no index has to be told.
ALTER TABLE "subscriptions" SET (fillfactor = 50);
