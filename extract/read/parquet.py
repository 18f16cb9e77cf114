"""A Parquet file -> reports, one a row, a few rows in memory at a time."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from extract.errors import InputError
from extract.read import fields, whole
from extract.read.columns import FIELDS, renamed
from extract.read.records import Defaults, Refusal, Row

BATCH = 256
# Unpacked bytes of one row group, the least that can be read of a column; writers make them of 128 MB.
MAX_GROUP = 2 << 30


def reports(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The report of each row or why it has none, in order; ``line`` counts the rows."""
    # Loaded here, for half a second of every other command.
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream if stream.seekable() else io.BytesIO(whole.read(stream, 1 << 30)))
        names = file.schema_arrow.names
        chosen = defaults.columns(names)
        if "text" not in (*names, *chosen):
            raise InputError(f"has no column 'text' (columns: {', '.join(map(repr, names))[:200]})")
        _check_groups(file.metadata)
        wanted = [name for name in names if name in FIELDS or name in {c.partition(".")[0] for c in chosen.values()}]
        number = 0
        for batch in file.iter_batches(batch_size=BATCH, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _row(row, chosen, source, number, defaults)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"is a Parquet file that cannot be read ({str(error).splitlines()[0][:150]})") from error


def _check_groups(metadata: Any) -> None:
    sizes = (metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if any(size > MAX_GROUP for size in sizes):
        raise InputError(f"has a row group of more than {MAX_GROUP >> 30} GB unpacked; write smaller ones")


def _row(
    row: Mapping[str, Any], chosen: Mapping[str, str], source: str, number: int, defaults: Defaults
) -> Row | Refusal:
    plain = {name: _plain(value) for name, value in row.items()}
    try:
        return Row(source, number, fields.report(renamed(plain, chosen), defaults))
    except InputError as error:
        return Refusal(source, number, str(error))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
