DO $$ BEGIN
 ALTER TABLE "items" ADD CONSTRAINT "items_parent_fk" FOREIGN KEY ("id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "label" varchar(20) DEFAULT 'x' NOT NULL;
