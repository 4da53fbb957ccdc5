"""A project of a few dispatches, in each of the databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from uuid import UUID

import pytest

from glose.annotate.store.answers import Accepted
from glose.annotate.store.importing import import_records
from glose.annotate.store.operations import Change, Item, Operation
from glose.annotate.store.project import Project
from glose.corpus import schema
from glose.corpus.document import Document

#: Submits changes to a record as `ana`: the document, the layer, the verb, the changes.
Submit = Callable[..., None]
#: The fields of a change.
Made = tuple[str, str, Item | None, Item | None]


@pytest.fixture
def project(stores: str) -> Iterator[Project]:
    """A project without documents."""
    with Project.create(stores, "try", schema.content("plover")) as project:
        project.layer("ana", "work", "ana")
        yield project


@pytest.fixture
def filled(project: Project) -> Callable[..., Project]:
    """A function that brings records into a layer of the project."""

    def fill(found: list[Document], layer: str = "ana", kind: str = "work") -> Project:
        import_records(project, found, layer, kind, "ana")  # type: ignore[arg-type]  # a name of a kind
        return project

    return fill


@pytest.fixture
def submit(project: Project) -> Submit:
    """A function that makes changes to a record and waits until they are accepted."""
    ids = (str(UUID(int=number)) for number in count(1))

    def submitted(document: str, layer: str, verb: str, *changes: Made) -> None:
        base = project.snapshot(document, layer).revision
        made = tuple(Change(*change) for change in changes)
        operation = Operation(id=next(ids), base=base, verb=verb, changes=made)
        answer = project.submit(document, layer, "ana", operation).result()
        assert isinstance(answer, Accepted), answer

    return submitted
