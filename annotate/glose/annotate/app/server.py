"""The annotation app as an ASGI application: routes, and what stands before and behind them."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from glose.annotate.app.access import Access
from glose.annotate.app.answers import failure
from glose.annotate.app.guard import Guard
from glose.annotate.app.limits import Drained
from glose.annotate.app.routes import Routes
from glose.annotate.app.security import HEADERS
from glose.annotate.app.sessions import Door
from glose.annotate.store.project import Project
from glose.corpus.errors import GloseError


def application(project: Project, access: Access, door: Door) -> FastAPI:
    """Return the app that serves a project to one user, who comes in through the door.

    The project stays open for as long as the app is served; who opened it closes it.
    """
    app = FastAPI(
        title="glose", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    Routes(project, access).add_to(app)
    app.add_middleware(Guard, door=door, access=access)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _incomplete)
    app.add_exception_handler(GloseError, _wrong)
    app.add_exception_handler(Exception, _failed)
    return app


def _refused(_: Request, error: Exception) -> Response:
    """Answer what a route refuses, and what no route is for."""
    if not isinstance(error, HTTPException):
        return failure(500, str(error))
    answer = failure(error.status_code, str(error.detail), error.headers)
    return Drained.of(answer) if error.status_code == 413 else answer


def _incomplete(_: Request, error: Exception) -> Response:
    """Answer a request whose arguments are missing or of another kind."""
    if not isinstance(error, RequestValidationError):
        return failure(500, str(error))
    first = error.errors()[0]
    return failure(422, f"{first['loc'][-1]}: {first['msg']}")


def _wrong(_: Request, error: Exception) -> Response:
    """Answer what is not there (404), or that the store cannot be reached now (503: try again)."""
    away = isinstance(error.__cause__, (OSError, RuntimeError, SQLAlchemyError))
    return failure(503 if away else 404, str(error))


def _failed(_: Request, __: Exception) -> Response:
    """Answer where the fault is ours; the terminal shows where it is."""
    what = "something went wrong in the server; the terminal in which it runs says what"
    return failure(500, what, HEADERS)
