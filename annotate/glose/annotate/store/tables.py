"""The tables of a project. The journal is `operations`; `items` and `progress` follow it.

Whatever is a value of many parts (an item, changes, a document) is JSON as text, so that both
databases hold the same and neither rounds, sorts or refuses anything in it.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Name, schema, guidelines of the project, and whatever the app keeps.
settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
)

layers = Table(
    "layers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("user_id", ForeignKey("users.id")),
    CheckConstraint("kind IN ('work', 'suggestions', 'reference')", name="kind"),
)

#: `content` is the record without annotations, and never changes; `place` is that in the queue.
documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("place", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("date", String),
    Column("size", Integer, nullable=False),
    Column("content", Text, nullable=False),
)

#: A document in a layer. `content` is its record without annotations where that is not the one of
#: the document.
records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("layer_id", ForeignKey("layers.id"), nullable=False, index=True),
    Column("content", Text),
    UniqueConstraint("document_id", "layer_id"),
)

#: How far each record is: how many operations it has, and what lists of documents show of it.
progress = Table(
    "progress",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("summary", Text, nullable=False),
)

#: The items as they are now; one that was dropped keeps its row, for its place, without content.
items = Table(
    "items",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("list", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("content", Text),
)

#: The journal. Triggers of the database refuse to change or delete what stands in it.
operations = Table(
    "operations",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("at", String(24), nullable=False),
    Column("verb", String, nullable=False),
    Column("of", String(36)),
    Column("note", Text),
    Column("changes", Text, nullable=False),
)

#: Who is signed in: the hash of a token, never the token.
sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("at", String(24), nullable=False),
)
