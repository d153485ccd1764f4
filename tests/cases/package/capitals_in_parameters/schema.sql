CREATE TABLE visits (id int PRIMARY KEY, guest_name text NOT NULL, room_number int NOT NULL);
