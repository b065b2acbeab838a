-- CreateEnum
CREATE TYPE "import_status" AS ENUM ('WAITING', 'WORKING', 'DONE', 'REFUSED');

-- CreateEnum
CREATE TYPE "import_outcome" AS ENUM ('WAITING', 'ADDED', 'KNOWN', 'REPEATED', 'REFUSED');

-- CreateTable
CREATE TABLE "imports" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "bytes" BYTEA,
    "status" "import_status" NOT NULL DEFAULT 'WAITING',
    "message" TEXT,
    "total" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim" UUID,
    "due_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_rows" (
    "import_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "url" TEXT,
    "host" TEXT,
    "title" TEXT,
    "site_url" TEXT,
    "folder" TEXT,
    "outcome" "import_outcome" NOT NULL DEFAULT 'WAITING',
    "message" TEXT,
    "feed_id" INTEGER,
    "title_pending" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "import_rows_pkey" PRIMARY KEY ("import_id","position")
);

-- CreateIndex
CREATE INDEX "imports_due_at_idx" ON "imports"("due_at");

-- CreateIndex
CREATE INDEX "imports_user_id_id_idx" ON "imports"("user_id", "id" DESC);

-- CreateIndex
CREATE INDEX "import_rows_feed_id_idx" ON "import_rows"("feed_id");

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
