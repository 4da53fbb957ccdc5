"""The store: an append-only journal of operations, and what is derived from it."""
