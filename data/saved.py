"""Saved views: names for addresses of the map page, in a file of the data folder that all who use this server share."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock

from data import paths
from extract.errors import StoreError

FILE = "views.json"
MOST, LONGEST = 200, 80
_WRITING = Lock()


def views() -> Mapping[str, str]:
    """Name -> address, in the order they were saved; none where the file is missing.

    Raises StoreError where the file is damaged or cannot be read.
    """
    path = _path()
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StoreError(f"the saved views in {path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise StoreError(f"the saved views in {path} cannot be read: the file holds something else")
    return {str(name): str(address) for name, address in found.items()}


def save(name: str, address: str) -> None:
    """Keep an address under a name, in place of what had the name before. Raises StoreError where that fails."""
    _change(lambda known: {**known, " ".join(name.split())[:LONGEST]: address})


def forget(name: str) -> None:
    """Take a name out, where it is there."""
    _change(lambda known: {one: address for one, address in known.items() if one != name})


def _change(how: Callable[[dict[str, str]], dict[str, str]]) -> None:
    with _WRITING:
        known = how(dict(views()))
        if len(known) > MOST:
            raise StoreError(f"there are {MOST} saved views already; take one out first")
        path = _path()
        new = path.with_suffix(".new")
        try:
            new.write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")
            new.replace(path)
        except OSError as error:
            raise StoreError(f"the view cannot be saved in {path}: {error}") from error


def _path() -> Path:
    return paths.data_dir() / FILE
