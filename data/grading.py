"""The grades of stored events, kept beside them so that a list can show and sort by them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.engine import Connection


def renew(connection: Connection, events: Collection[str]) -> None:
    """Grade these events anew."""
