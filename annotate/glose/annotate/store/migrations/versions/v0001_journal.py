"""The first version: documents, layers, the journal of operations and what is derived from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSAL = "the journal is append-only"
#: What would replace a row (INSERT OR REPLACE) fires no trigger of its deletion in SQLite.
_SQLITE = (
    f"""CREATE TRIGGER operations_no_update BEFORE UPDATE ON operations
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER operations_no_delete BEFORE DELETE ON operations
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    """CREATE TRIGGER operations_no_replace BEFORE INSERT ON operations
        WHEN EXISTS (SELECT 1 FROM operations WHERE id = NEW.id
                     OR (record_id = NEW.record_id AND revision = NEW.revision))
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)
_POSTGRESQL = (
    f"""CREATE FUNCTION operations_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    """CREATE TRIGGER operations_no_update BEFORE UPDATE OR DELETE ON operations
       FOR EACH ROW EXECUTE FUNCTION operations_refuse()""",
    """CREATE TRIGGER operations_no_truncate BEFORE TRUNCATE ON operations
       FOR EACH STATEMENT EXECUTE FUNCTION operations_refuse()""",
)


def upgrade() -> None:
    """Make the tables, and the triggers that guard the journal."""
    _project()
    _documents()
    _journal()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """There is nothing before the first version."""
    raise NotImplementedError("a project without its tables is none")


def _project() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )
    op.create_table(
        "layers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("user_id", sa.Integer),
        sa.CheckConstraint("kind IN ('work', 'suggestions', 'reference')", name="ck_layers_kind"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_layers_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_layers"),
        sa.UniqueConstraint("name", name="uq_layers_name"),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id_users"),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("date", sa.String),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("name", name="uq_documents_name"),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("layer_id", sa.Integer, nullable=False),
        sa.Column("content", sa.Text),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_records_document_id_documents"
        ),
        sa.ForeignKeyConstraint(["layer_id"], ["layers.id"], name="fk_records_layer_id_layers"),
        sa.PrimaryKeyConstraint("id", name="pk_records"),
        sa.UniqueConstraint("document_id", "layer_id", name="uq_records_document_id_layer_id"),
    )
    op.create_index("ix_records_layer_id", "records", ["layer_id"])
    op.create_table(
        "progress",
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name="fk_progress_record_id_records"
        ),
        sa.PrimaryKeyConstraint("record_id", name="pk_progress"),
    )


def _journal() -> None:
    op.create_table(
        "items",
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("list", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("content", sa.Text),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name="fk_items_record_id_records"),
        sa.PrimaryKeyConstraint("record_id", "list", "key", name="pk_items"),
    )
    op.create_table(
        "operations",
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("verb", sa.String, nullable=False),
        sa.Column("of", sa.String(36)),
        sa.Column("note", sa.Text),
        sa.Column("changes", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name="fk_operations_record_id_records"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_operations_user_id_users"),
        sa.PrimaryKeyConstraint("record_id", "revision", name="pk_operations"),
        sa.UniqueConstraint("id", name="uq_operations_id"),
    )
