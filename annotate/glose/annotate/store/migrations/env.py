"""Run by Alembic, on the connection that glose.annotate.store.database hands it."""

from __future__ import annotations

from alembic import context

from glose.annotate.store.tables import metadata

# Alembic runs this file under the name `env_py`; whoever merely imports it has no connection.
if __name__ == "env_py":
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
