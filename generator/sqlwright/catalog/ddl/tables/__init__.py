"""Tables, views and sequences: CREATE and ALTER."""
