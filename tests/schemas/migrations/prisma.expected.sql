CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN', 'OWNER');
CREATE TABLE "User" (id serial CONSTRAINT "User_pkey" PRIMARY KEY, email text NOT NULL, role "Role" NOT NULL DEFAULT 'USER', "createdAt" timestamp(3) NOT NULL DEFAULT now());
CREATE UNIQUE INDEX "User_email_key" ON "User" (email);
CREATE TABLE "Post" (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "authorId" int NOT NULL REFERENCES "User" ON DELETE RESTRICT ON UPDATE CASCADE, meta jsonb);
