"""Which columns of other people's tables hold which fields: said once with ``--map``, remembered for the next file."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from data import paths
from extract.errors import StoreError
from extract.read.columns import FIELDS, Choose

FILE = "columns.json"
# Kinds of tables remembered; the oldest are forgotten.
MOST = 200


def chooser(asked: Sequence[tuple[str, str]], *, tell: Callable[[str], None], file: Path | None = None) -> Choose:
    """What finds the columns of a source: those ``asked`` for where it has them all, else those remembered of its like.

    A remembered choice is taken where all its columns are there and none is called 'text' already; ``tell`` hears of it
    once. Raises StoreError where what was remembered cannot be read or written.
    """
    file = file or paths.data_dir() / FILE
    wanted, known, told = dict(asked), _known(file), set[str]()
    if wanted:
        _write(file, [wanted, *(one for one in known if one != wanted)][:MOST])

    def choose(names: Collection[str]) -> Mapping[str, str]:
        if wanted and _fits(wanted, names):
            return wanted
        for one in known:
            if _fits(one, names) and ("text" not in names or one.get("text") == "text"):
                said = ", ".join(f"{field}={column}" for field, column in one.items())
                if said not in told:
                    told.add(said)
                    tell(f"columns as last time: {said}")
                return one
        return {}

    return choose


def _fits(chosen: Mapping[str, str], names: Collection[str]) -> bool:
    return all(column in names or column.partition(".")[0] in names for column in chosen.values())


def _known(file: Path) -> list[dict[str, str]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return [{str(field): str(column) for field, column in one.items() if field in FIELDS} for one in found if one]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise StoreError(f"{file} cannot be read ({error}); mend or remove it") from error


def _write(file: Path, known: list[dict[str, str]]) -> None:
    half = file.with_suffix(".half")
    try:
        half.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
        half.replace(file)
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}") from error
