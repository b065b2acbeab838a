-- AlterTable
ALTER TABLE "feeds" ADD COLUMN     "sought_at" TIMESTAMPTZ(3),
ADD COLUMN     "validators_url" TEXT;
