-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "feed_status" AS ENUM ('QUEUED', 'FETCHING', 'READY', 'FAILING', 'GONE');

-- CreateEnum
CREATE TYPE "fetch_stage" AS ENUM ('CONNECTING', 'DOWNLOADING', 'PARSING', 'SAVING');

-- CreateEnum
CREATE TYPE "fetch_outcome" AS ENUM ('UPDATED', 'UNCHANGED', 'FAILED');

-- CreateTable
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feeds" (
    "id" SERIAL NOT NULL,
    "url" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "site_url" TEXT,
    "title" TEXT,
    "description" TEXT,
    "language" TEXT,
    "icon" TEXT,
    "status" "feed_status" NOT NULL DEFAULT 'QUEUED',
    "stage" "fetch_stage",
    "stage_since" TIMESTAMPTZ(3),
    "etag" TEXT,
    "last_modified" TEXT,
    "content_hash" BYTEA,
    "next_fetch_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "next_reason" TEXT,
    "sweep_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "claim" UUID,
    "claim_until" TIMESTAMPTZ(3),
    "requested_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "last_fetch_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_message" TEXT,
    "item_count" INTEGER NOT NULL DEFAULT 0,
    "hints" JSONB,
    "warnings" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feeds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_aliases" (
    "url" TEXT NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "former_id" INTEGER,

    CONSTRAINT "feed_aliases_pkey" PRIMARY KEY ("url")
);

-- CreateTable
CREATE TABLE "fetches" (
    "id" BIGSERIAL NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "fetch_outcome" NOT NULL,
    "attempt" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "http_status" INTEGER,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "connect_ms" INTEGER,
    "wait_ms" INTEGER,
    "download_ms" INTEGER,
    "parse_ms" INTEGER,
    "save_ms" INTEGER,
    "total_ms" INTEGER NOT NULL,
    "new_items" INTEGER NOT NULL DEFAULT 0,
    "updated_items" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_message" TEXT,
    "next_fetch_at" TIMESTAMPTZ(3),
    "next_reason" TEXT,

    CONSTRAINT "fetches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "items" (
    "id" BIGSERIAL NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "identity" BYTEA NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "url" TEXT,
    "title" TEXT NOT NULL,
    "author" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "sort_at" TIMESTAMPTZ(3) NOT NULL,
    "html" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    "enclosures" JSONB NOT NULL DEFAULT '[]',
    "categories" TEXT[],
    "thumbnail" TEXT,
    "comments_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3),

    CONSTRAINT "items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_search" (
    "item_id" BIGINT NOT NULL,
    "vector" tsvector NOT NULL,

    CONSTRAINT "item_search_pkey" PRIMARY KEY ("item_id")
);

-- CreateTable
CREATE TABLE "folders" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "folders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscriptions" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "folder_id" INTEGER,
    "title" TEXT,
    "read_through_id" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_states" (
    "user_id" INTEGER NOT NULL,
    "item_id" BIGINT NOT NULL,
    "read" BOOLEAN,
    "starred_at" TIMESTAMPTZ(3),

    CONSTRAINT "item_states_pkey" PRIMARY KEY ("user_id","item_id")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "beat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_name_key" ON "users"("name");

-- CreateIndex
CREATE UNIQUE INDEX "feeds_url_key" ON "feeds"("url");

-- CreateIndex
CREATE INDEX "feeds_sweep_at_idx" ON "feeds"("sweep_at");

-- CreateIndex
CREATE INDEX "feeds_next_fetch_at_idx" ON "feeds"("next_fetch_at");

-- CreateIndex
CREATE INDEX "feeds_host_idx" ON "feeds"("host");

-- CreateIndex
CREATE UNIQUE INDEX "feed_aliases_former_id_key" ON "feed_aliases"("former_id");

-- CreateIndex
CREATE INDEX "feed_aliases_feed_id_idx" ON "feed_aliases"("feed_id");

-- CreateIndex
CREATE INDEX "fetches_feed_id_id_idx" ON "fetches"("feed_id", "id" DESC);

-- CreateIndex
CREATE INDEX "items_feed_id_sort_at_id_idx" ON "items"("feed_id", "sort_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "items_sort_at_id_idx" ON "items"("sort_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "items_feed_id_identity_key" ON "items"("feed_id", "identity");

-- CreateIndex
CREATE INDEX "item_search_vector_idx" ON "item_search" USING GIN ("vector");

-- CreateIndex
CREATE UNIQUE INDEX "folders_user_id_name_key" ON "folders"("user_id", "name");

-- CreateIndex
CREATE INDEX "subscriptions_feed_id_idx" ON "subscriptions"("feed_id");

-- CreateIndex
CREATE INDEX "subscriptions_folder_id_idx" ON "subscriptions"("folder_id");

-- CreateIndex
CREATE UNIQUE INDEX "subscriptions_user_id_feed_id_key" ON "subscriptions"("user_id", "feed_id");

-- CreateIndex
CREATE INDEX "item_states_user_id_starred_at_idx" ON "item_states"("user_id", "starred_at");

-- CreateIndex
CREATE INDEX "item_states_item_id_idx" ON "item_states"("item_id");

-- AddForeignKey
ALTER TABLE "feed_aliases" ADD CONSTRAINT "feed_aliases_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fetches" ADD CONSTRAINT "fetches_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "items" ADD CONSTRAINT "items_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_search" ADD CONSTRAINT "item_search_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "folders" ADD CONSTRAINT "folders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_folder_id_fkey" FOREIGN KEY ("folder_id") REFERENCES "folders"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_states" ADD CONSTRAINT "item_states_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_states" ADD CONSTRAINT "item_states_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE CASCADE ON UPDATE CASCADE;
