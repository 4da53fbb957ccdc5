"""How the tables of a project came to be what they are, one version after the other (Alembic)."""
