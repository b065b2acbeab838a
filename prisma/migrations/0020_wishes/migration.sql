-- CreateIndex
CREATE INDEX "feed_schedules_wished_idx" ON "feed_schedules"("sweep_at") WHERE (requested_at IS NOT NULL);
