"""What goes wrong while the map is open: the store changes, goes, or is replaced; odd names of parties; two tabs."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from extract.errors import StoreError
from extract.records import Report
from tests.views import small_store

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small store of its own."""
    found = f"sqlite:///{tmp_path / 'store.db'}"
    monkeypatch.setenv("DATELINE_DB", found)
    small_store.build(found)
    return found


def headline(app: AppTest) -> str:
    """The first words of the page, "" where it shows none."""
    return app.markdown[0].value if app.markdown else ""


def test_what_is_added_elsewhere_is_seen_at_the_next_step(url: str) -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert headline(app).startswith("**7 events**")
    with Store.open(url) as store:
        text = "Shells hit Homs."
        at = small_store.place(text, "Homs", 34.7, 36.7)
        small_store.add(store, text, small_store.incident("new", text, day="2016-01-01", place=at))
    assert headline(app.run()).startswith("**8 events**")


def test_a_store_that_is_gone_is_a_message_and_comes_back(url: str, tmp_path: Path) -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()
    (tmp_path / "store.db").rename(tmp_path / "away.db")
    app.run()
    assert not app.exception
    assert "is no longer there" in app.error[0].value.replace("\\", "")
    (tmp_path / "away.db").rename(tmp_path / "store.db")
    assert headline(app.run()).startswith("**7 events**")
    assert not app.error


def test_another_store_in_its_place_is_shown(url: str, tmp_path: Path) -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()
    for file in tmp_path.glob("store.db*"):
        file.unlink()
    small_store.build_many(url, 30)
    assert headline(app.run()).startswith("**30 events**")


def test_nonsense_in_its_place_is_a_message(url: str, tmp_path: Path) -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()
    for file in tmp_path.glob("store.db*"):
        file.unlink()
    (tmp_path / "store.db").write_bytes(b"nonsense" * 2_000)
    app.run()
    assert not app.exception
    assert len(app.error) >= 1


def test_nothing_is_written_into_a_deleted_file(url: str, tmp_path: Path) -> None:
    with Store.open(url) as store:
        (tmp_path / "store.db").unlink()
        empty = {"report_id": "r", "language": "en", "incidents": [], "places": [], "warnings": []}
        with pytest.raises(StoreError, match="no longer there"):
            store.add(Report(id="r", text="Nothing happened."), empty)


@pytest.mark.parametrize(
    "name", ['Brigade "Al-Nasr" & Sons\'', "🔥 Falcons 🦅", "لواء الفاتحين", "\u202eRight to left\u202c", "a,b;c=d%20"]
)
def test_a_party_of_any_name_can_be_filtered_by(url: str, name: str) -> None:
    with Store.open(url) as store:
        text = f"{name} shelled Homs."
        by = small_store.actor(text, (name, name, "armed_group"), "perpetrator", name)
        at = small_store.place(text, "Homs", 34.7, 36.7)
        small_store.add(store, text, small_store.incident("odd", text, day="2016-01-01", actors=[by], place=at))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["party"] = name
    app.run()
    assert not app.exception
    assert not app.warning
    assert headline(app).startswith("**1 event**")
    # The address is written as it was read.
    assert app.query_params["party"] in (name, [name])
