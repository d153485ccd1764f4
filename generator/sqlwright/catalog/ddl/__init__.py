"""From one statement of a schema file and a catalog to the next catalog."""
