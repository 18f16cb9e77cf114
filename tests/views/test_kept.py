"""The page of a report as it was kept: shown where there is one, with what it takes to check it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import pages
from data.fetch import Fetched

URL = "https://example.org/1"
BODY = b"<h1>Strike hits Syrian army</h1><script>window.hacked=1</script>"


def _panel() -> None:
    import datetime as dt

    from data.records import ReportRow
    from views import kept

    made = ReportRow("r1", None, "x", None, None, "https://example.org/1", "en", (), (), dt.datetime(2024, 1, 1))
    kept.kept(made, key="kept")


@pytest.mark.parametrize("bodies", [(), (BODY,), (BODY, BODY), (BODY, b"changed since")])
def test_each_state_is_named_by_its_moment_and_hash(
    bodies: tuple[bytes, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    for body in bodies:
        pages.keep(Fetched(URL, body, "text/html", None, None))
    app = AppTest.from_function(_panel, default_timeout=60).run()
    assert not app.exception
    states = list(dict.fromkeys(bodies))
    assert [one.label for one in app.expander] == (
        [f"The page as it was kept ({len(states)} state{'s' * (len(states) > 1)})"] if states else []
    )
    told = [one.value for one in app.caption]
    assert [hashlib.sha256(body).hexdigest() in said for body, said in zip(states, told, strict=True)] == [True] * len(
        states
    )
