-- AlterTable
ALTER TABLE "workers" ADD COLUMN     "at_work" INTEGER NOT NULL DEFAULT 0;

