"""The versions of the tables, the first one first."""
