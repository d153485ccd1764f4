CREATE TYPE "public"."kind" AS ENUM('a', 'b');--> statement-breakpoint
CREATE TABLE "items" (
	"id" serial PRIMARY KEY NOT NULL,
	"kind" "kind" NOT NULL,
	"price" numeric(10, 2)
);
--> statement-breakpoint
CREATE INDEX "kind_idx" ON "items" USING btree ("kind");
