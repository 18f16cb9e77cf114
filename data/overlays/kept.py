"""The overlays of this server: one file each in the data folder, shared by all who use it, as saved views are."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from data import paths
from data.overlays.records import Overlay, Shape
from extract.errors import StoreError

FOLDER = "overlays"
MOST = 50
_KEY = re.compile(r"[a-z0-9-]{1,60}")


def keep(overlay: Overlay) -> str:
    """Keep it, in place of one that had its name before; the key that it is shown by. Raises StoreError."""
    key = _key(overlay.name)
    if key not in names() and len(names()) >= MOST:
        raise StoreError(f"there are {MOST} layers already; remove one first")
    path = _path(key)
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(asdict(overlay), ensure_ascii=False, separators=(",", ":")), "utf-8")
        new.replace(path)
    except OSError as error:
        raise StoreError(f"the layer cannot be kept in {path}: {error}") from error
    return key


def names() -> Mapping[str, str]:
    """Key -> name of all that can be read, by name."""
    files = (paths.data_dir() / FOLDER).glob("*.json")
    found = {file.stem: overlay.name for file in files if (overlay := load(file.stem))}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def load(key: str) -> Overlay | None:
    """The overlay of a key, None where there is none or its file is damaged."""
    if not _KEY.fullmatch(key):
        return None
    try:
        return _loaded(_path(key), version(key))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def version(key: str) -> str:
    """What changes with an overlay's content, "" where there is none."""
    try:
        told = _path(key).stat()
    except OSError:
        return ""
    return f"{told.st_mtime_ns:x}-{told.st_size:x}"


def remove(key: str) -> None:
    """Take an overlay away, where it is there."""
    if _KEY.fullmatch(key):
        _path(key).unlink(missing_ok=True)


@lru_cache(maxsize=MOST)
def _loaded(path: Path, _version: str) -> Overlay:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    shapes = [
        Shape(one["kind"], one["name"], tuple(tuple((lat, lon) for lat, lon in part) for part in one["parts"]))
        for one in found["shapes"]
    ]
    return Overlay(found["name"], shapes, found["remarks"])


def _key(name: str) -> str:
    """Letters and digits of a name; a name in another script is told apart by a hash."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    if plain and name.isascii():
        return plain
    return f"{plain or 'layer'}-{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}"


def _path(key: str) -> Path:
    return paths.data_dir() / FOLDER / f"{key}.json"
