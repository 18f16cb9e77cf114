"""Where Dateline keeps what it writes: the store and the files that can be built again.

``DATELINE_HOME`` puts everything below one folder; ``DATELINE_DB`` names another store by its SQLAlchemy URL.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "dateline"
STORE_FILE = "dateline.db"


def data_dir() -> Path:
    """The folder of what must not be lost; made where it is missing."""
    return _made(_home() or platformdirs.user_data_path(APP, appauthor=False))


def cache_dir() -> Path:
    """The folder of what can be built again, such as the name index; made where it is missing."""
    home = _home()
    return _made(home / "cache" if home else platformdirs.user_cache_path(APP, appauthor=False))


def store_url() -> str:
    """The store's SQLAlchemy URL: ``DATELINE_DB``, else a SQLite file in the data folder."""
    return os.environ.get("DATELINE_DB", "").strip() or f"sqlite:///{data_dir() / STORE_FILE}"


def _home() -> Path | None:
    named = os.environ.get("DATELINE_HOME", "").strip()
    return Path(named).expanduser() if named else None


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
