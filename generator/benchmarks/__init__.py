"""Speed and memory of generated packages, side by side with hand-written asyncpg and others."""
