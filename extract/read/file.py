"""A file, a folder, or a stream with a file's name -> reports and refused rows; the only file here that opens one."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from extract.errors import InputError
from extract.read import archive, jsonl, kinds, listing, mail, markdown, parquet, plain, table, warc, whole
from extract.read.lines import check_readable
from extract.read.records import Defaults, Refusal, Row
from extract.records import Report

Parse = Callable[[BinaryIO, str, Defaults], Iterator[Row | Refusal]]
KINDS: dict[str, Parse] = {
    "text": plain.reports,
    "markdown": markdown.reports,
    "jsonl": jsonl.reports,
    "json": listing.reports,
    "table": table.reports,
    "parquet": parquet.reports,
    "mail": mail.reports,
    "warc": warc.reports,
    **{kind: partial(whole.reports, kind) for kind in ("page", "pdf", "word", "feed")},
}
_ONE_REPORT = {"text", "markdown", "page", "pdf", "word", "mail"}
_GLOB = set("*?[")


def check(path: Path | str) -> None:
    """Raise InputError where the path cannot be read at all: missing, of an unknown kind, or nothing that fits it."""
    found = files(path)
    if found == [Path(path)]:
        check_readable(path)
        with Path(path).open("rb") as stream:
            if Path(path).suffix.lower() not in kinds.BY_NAME:
                try:
                    _kind(stream, str(path))
                except InputError as error:
                    raise InputError(f"{path} {error}") from error


def files(path: Path | str) -> list[Path]:
    """The files that a path stands for, in the order of their names: itself, those of a folder, those of a pattern.

    Hidden ones are left out. Raises InputError where there are none.
    """
    asked = Path(path)
    if asked.is_dir():
        found = [file for file in _below(asked) if not file.is_dir()]
        if not found:
            raise InputError(f"the folder {path} holds no files")
        return found
    if asked.exists() or not _GLOB & set(str(path)):
        return [asked]
    matching = [Path(name) for name in sorted(glob.glob(str(path), recursive=True))]
    found = [file for one in matching for file in (_below(one) if one.is_dir() else [one])]
    if not found:
        raise InputError(f"no file fits the pattern {path}")
    return list(dict.fromkeys(found))


def read_file(path: Path | str, *, defaults: Defaults | None = None) -> Iterator[Report | Refusal]:
    """The reports of a file, folder or pattern in order, a Refusal in place of each row that cannot be read.

    Reads as it goes: a file of rows of any size takes the memory of one row. Raises InputError where the path cannot be
    opened at all.
    """
    return _bare(rows(path, defaults=defaults))


def read_stream(stream: BinaryIO, name: str, *, defaults: Defaults | None = None) -> Iterator[Report | Refusal]:
    """The same for an open binary stream, such as an upload; its ``name`` helps where its bytes tell no kind."""
    return _bare(rows_of(stream, name, defaults=defaults))


def rows(path: Path | str, *, defaults: Defaults | None = None) -> Iterator[Row | Refusal]:
    """As ``read_file``, each report with its line."""
    check(path)
    for file in files(path):
        try:
            with file.open("rb") as stream:
                yield from rows_of(stream, str(file), defaults=defaults)
        except OSError as error:
            yield Refusal(str(file), 1, f"cannot be read: {error.strerror}")


def rows_of(
    stream: BinaryIO, name: str, *, defaults: Defaults | None = None, like: str | None = None
) -> Iterator[Row | Refusal]:
    """As ``read_stream``, each report with its line; ``like`` is a name whose ending tells the kind better."""
    return _rows(stream, name, defaults or Defaults(), packed=False, like=like)


def count(path: Path | str) -> int | None:
    """About how many reports a path holds, for a progress bar; None where only reading it all would tell."""
    counts = [_count(file) for file in files(path)]
    return None if None in counts else sum(filter(None, counts))


def _rows(
    stream: BinaryIO, name: str, defaults: Defaults, *, packed: bool, like: str | None = None
) -> Iterator[Row | Refusal]:
    found = False
    try:
        for item in _parser(stream, like or name, packed)(stream, name, defaults):
            found = True
            yield item
    except InputError as error:
        found = True
        yield Refusal(name, 1, str(error))
    except OSError as error:
        found = True
        yield Refusal(name, 1, f"the file cannot be read further: {error.strerror or error}")
    except (
        Exception
    ) as error:  # The libraries for archives and tables fail on damaged bytes in more ways than they say.
        found = True
        yield Refusal(name, 1, f"the file cannot be read further ({type(error).__name__}: {error})"[:300])
    if not found:
        yield Refusal(name, 1, "the file holds no report")


def _parser(stream: BinaryIO, name: str, packed: bool) -> Parse:
    kind = _kind(stream, name)
    if kind == "zip":
        # A Word file in an archive is a zip archive in one; its own members are never read on.
        inner = _refuse_inner if packed else partial(_rows, packed=True)
        return partial(archive.zipped, inner=inner)
    if kind == "gzip":
        return partial(archive.gzipped, inner=_refuse_inner if packed else partial(_rows, packed=True))
    return KINDS[kind]


def _refuse_inner(_: BinaryIO, name: str, __: Defaults) -> Iterator[Row | Refusal]:
    yield Refusal(name, 1, "is in an archive within an archive, which is not opened")


def _kind(stream: BinaryIO, name: str) -> str:
    if hasattr(stream, "peek"):
        head = stream.peek(kinds.HEAD)[: kinds.HEAD]
    else:
        head = stream.read(kinds.HEAD)
        stream.seek(0)
    return kinds.kind(head, name)


def _bare(items: Iterator[Row | Refusal]) -> Iterator[Report | Refusal]:
    return (item.report if isinstance(item, Row) else item for item in items)


def _below(folder: Path) -> list[Path]:
    """The files below a folder; hidden ones, and folders behind links, are left out."""
    found = []
    for place, names, inside in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        found += [Path(place, name) for name in sorted(inside) if not name.startswith(".")]
    return found


def _count(path: Path) -> int | None:
    kind = kinds.BY_NAME.get(path.suffix.lower())
    if kind in _ONE_REPORT or kind is None:
        return 1
    if kind != "jsonl":
        return None
    try:
        with path.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 1
