"""Add a report: paste it or upload files of them, see what was found in them, then store it."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import streamlit as st

from data import events, ingest
from data.events import Merger
from data.ingest import Extracted
from data.overview import EVERYTHING, Overview
from data.store import Store
from extract.errors import InputError
from extract.read import kinds
from extract.read.file import rows_of
from extract.read.records import Defaults, Refusal, Row
from views import doors, screen, state, words
from views.address import Look

FOUND, DONE, FORM = "found", "stored", "form"
# What one session may hand in at a time: it lies in the server's memory, and is read while the page waits.
MOST_MB, MOST_ROWS = 200, 5_000
TELLING_S = 5.0
_NUMBER = count()


@dataclass
class Found:
    """What was read so far: readings, refused rows, and a store of their own that the preview is drawn from."""

    total: int
    readings: list[Extracted] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder = TemporaryDirectory(prefix="dateline-preview-", ignore_cleanup_errors=True)
        self.store = Store.open(f"sqlite:///{Path(self.folder.name) / 'preview.db'}")
        self.merger = Merger()
        self.overview = Overview(self.store)
        self.names = screen.Names(f"preview{next(_NUMBER)}")
        self.get, self.put = screen.own_look(self.names, Look(ask=EVERYTHING))

    @property
    def seen(self) -> int:
        """Rows dealt with; fewer than ``total`` where the reading was stopped."""
        return len(self.readings) + len(self.refused)

    def take(self, item: Extracted | Refusal) -> None:
        """Note one result. The same report twice in one upload is one report; another under its id is refused."""
        if isinstance(item, Refusal):
            self.refused.append(item)
            return
        try:
            events.add(self.store, item.row.report, item.reading, self.merger)
            self.readings.append(item)
        except InputError as error:
            self.refused.append(Refusal(item.row.source, item.row.line, str(error)))


@state.guarded
def page() -> None:
    """The form, then what was found, then the button that stores it."""
    doors.require(doors.EDITOR)
    st.subheader("Add a report")
    if done := st.session_state.pop(DONE, None):
        st.success(done, icon=":material/check:")
        state.link("map", "See it on the map")
    found: Found | None = st.session_state.get(FOUND)
    with st.expander("The report", expanded=found is None, icon=":material/article:"):
        asked = _form()
    if asked:
        _read(asked)
        st.rerun()
    if found:
        _show(found)


def _form() -> Sequence[Row | Refusal] | None:
    """The rows handed in, None where the form was not sent."""
    # A new number makes new, empty fields.
    n = st.session_state.get(FORM, 0)
    with st.form(f"report{n}", border=False):
        text = st.text_area(
            "Text of the report", key=f"text{n}", height=220, placeholder="Paste the report's text here …"
        )
        files = st.file_uploader(
            "or files of reports",
            type=[ending.removeprefix(".") for ending in kinds.BY_NAME],
            accept_multiple_files=True,
            key=f"files{n}",
            help="Text, Markdown, web pages, PDF, Word, mails, feeds and web archives, or rows of .jsonl, .csv, .json "
            "and .parquet with the columns text and, where there are any, id, title, published, publisher, url, "
            f"language; all of these in .zip too. Up to {MOST_MB} MB and {MOST_ROWS:,} reports at a time; "
            "`cli.py add` takes any number.",
        )
        left, middle, right = st.columns([3, 2, 2])
        title = left.text_input("Title", key=f"title{n}")
        publisher = middle.text_input("Publisher", key=f"publisher{n}")
        published = right.date_input(
            "Day of publication", None, dt.date(1900, 1, 1), key=f"published{n}", format="YYYY-MM-DD",
            help="Without it, “on Monday” stays unresolved.",
        )  # fmt: skip
        st.caption("For files, these three fill in what a report does not bring itself.")
        sent = st.form_submit_button("Read", type="primary", icon=":material/search:")
    if not sent:
        return None
    if not text.strip() and not files:
        st.warning("Paste a text or choose a file first.", icon=":material/edit:")
        return None
    if sum(file.size for file in files) > MOST_MB * 1_000_000:
        st.warning(f"These files are larger than {MOST_MB} MB together: hand in fewer.", icon=":material/weight:")
        return None
    day = published if isinstance(published, dt.date) else None
    defaults = Defaults(published=day, publisher=publisher.strip() or None, title=title.strip() or None)
    with st.spinner("Opening the files …"):
        return _some(_rows(text, files, defaults))


def _some(rows: Iterator[Row | Refusal]) -> Sequence[Row | Refusal]:
    """The first ``MOST_ROWS``, and a word on the rest."""
    found = list(islice(rows, MOST_ROWS))
    if next(rows, None) is None:
        return found
    return [*found, Refusal("the rest", 1, f"only {MOST_ROWS:,} reports are taken at a time; `cli.py add` takes all")]


def _rows(text: str, files: Sequence[Any], defaults: Defaults) -> Iterator[Row | Refusal]:
    if text.strip():
        yield from rows_of(io.BytesIO(text.encode("utf-8", "replace")), "pasted.txt", defaults=defaults)
    for file in files:
        try:
            yield from rows_of(file, file.name, defaults=defaults)
        except InputError as error:
            yield Refusal(file.name, 1, str(error))


def _read(rows: Sequence[Row | Refusal]) -> None:
    """Read every row under a bar. What is read is kept at once, so that stopping half-way loses none of it."""
    found = Found(total=len(rows))
    st.session_state[FOUND] = found
    bar = st.progress(0.0, "Loading the language model and the name index …")
    stop = st.empty()
    stop.button("Stop here", key="stop", icon=":material/stop:")

    def tell(step: str, share: float) -> None:
        bar.progress(share, f"Building the name index: {step} …")

    started = time.monotonic()
    for item in ingest.extract(rows, lambda: state.reader(tell)):
        found.take(item)
        bar.progress(found.seen / found.total, _progress(found, time.monotonic() - started))
    bar.empty()
    stop.empty()
    if len(found.readings) == 1:
        _open_primary(found)


def _progress(found: Found, seconds: float) -> str:
    """How many are read, refused and left, how quickly, and for how long still."""
    rate = found.seen / seconds if seconds else 0.0
    said = [f"Read {found.seen:,} of {words.plural(found.total, 'report')}"]
    said += [f"{len(found.refused):,} could not be read"] if found.refused else []
    # The first ones tell of the loading of the model, not of the reading.
    if seconds > TELLING_S and rate:
        said.append(f"{rate:.1f} a second, {words.plural(round((found.total - found.seen) / rate), 'second')} left")
    return ", ".join(said)


def _open_primary(found: Found) -> None:
    primary = [one["id"] for one in found.readings[0].reading["incidents"] if one["primary"]]
    found.put(replace(found.get(), chosen=primary[0] if primary else None))


def _show(found: Found) -> None:
    if found.seen < found.total:
        st.warning(f"Stopped after {found.seen:,} of {found.total:,}; what was read until then is below.")
    _headline(found)
    if found.readings:
        _store_buttons(found)
    _problems(found)
    if any(item.reading["incidents"] for item in found.readings):
        answer = found.overview.answer(EVERYTHING)
        screen.screen(screen.Shown(found.overview, answer, found.names, found.get, found.put))
    elif found.readings:
        st.info("No incident was found. The report can be stored all the same; its text can then be searched.")


def _headline(found: Found) -> None:
    answer = found.overview.answer(EVERYTHING)
    undrawn = len(answer.undrawn)
    reports = words.plural(len(found.readings), "report")
    line = f"**{words.plural(len(answer), 'incident')}** found in {reports}"
    line += f", {undrawn:,} of them not drawn for want of a place" if undrawn else ""
    line += f"; {words.plural(len(found.refused), 'row')} could not be read" if found.refused else ""
    st.markdown(f"{line}. **Nothing is stored yet.**" if found.readings else f"{line}.")


def _store_buttons(found: Found) -> None:
    left, right, _ = st.columns([2, 2, 5])
    label = f"Store {words.plural(len(found.readings), 'report')}"
    left.button(
        label, key="store", type="primary", on_click=_store, args=(found,), icon=":material/save:", width="stretch"
    )
    right.button("Discard", key="discard", on_click=_discard, icon=":material/delete:", width="stretch")


@state.guarded
def _store(found: Found) -> None:
    doors.require(doors.EDITOR)
    target, merger, new, refused = state.store(), Merger(), 0, list[Refusal]()
    for item in found.readings:
        try:
            new += events.add(target, item.row.report, item.reading, merger)
        except InputError as error:
            refused.append(Refusal(item.row.source, item.row.line, str(error)))
    known = len(found.readings) - new - len(refused)
    said = [f"{words.plural(new, 'report')} stored"]
    said += [f"{known:,} already there, unchanged"] if known else []
    said += [f"{len(refused):,} refused: {words.markdown(refused[0].reason)}"] if refused else []
    st.session_state[DONE] = "; ".join(said) + "."
    _discard()


def _discard() -> None:
    """Forget what was found and empty the form."""
    found: Found | None = st.session_state.pop(FOUND, None)
    if found:
        found.store.close()
    st.session_state[FORM] = st.session_state.get(FORM, 0) + 1


def _problems(found: Found) -> None:
    if found.refused:
        label = f"{words.plural(len(found.refused), 'row')} could not be read"
        with st.expander(label, expanded=not found.readings, icon=":material/report:"):
            _plain_table([{"File": r.source, "Line": r.line, "Why": r.reason} for r in found.refused])
    warnings = [
        {"Report": item.row.report.title or item.row.report.id, "Remark": remark}
        for item in found.readings
        for remark in item.reading["warnings"]
    ]
    if warnings:
        with st.expander(f"{words.plural(len(warnings), 'remark')} on the reading", icon=":material/info:"):
            _plain_table(warnings)


def _plain_table(rows: Sequence[dict[str, object]]) -> None:
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
