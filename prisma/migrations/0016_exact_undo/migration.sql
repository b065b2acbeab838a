-- AlterTable
ALTER TABLE "mark_undos" DROP CONSTRAINT "mark_undos_pkey",
ADD COLUMN     "from_counts" INTEGER[],
ADD COLUMN     "from_dates" TIMESTAMPTZ(3)[],
ADD COLUMN     "marked_by" BIGINT,
ADD CONSTRAINT "mark_undos_pkey" PRIMARY KEY ("user_id", "token");
