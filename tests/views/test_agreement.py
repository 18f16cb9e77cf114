"""Map, timeline and list against a plain count by pandas, after any filter, pan, brush and click on the map page."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from bench import synthetic
from data.overview import Ask
from data.store import Store
from geo import cells
from tests.data.plainly import change, fitting, table
from views.address import Look

Json = dict[str, Any]
APP = str(Path(__file__).parents[2] / "app.py")
INCIDENTS = 900


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A store of made-up incidents, in a home of its own."""
    home = tmp_path_factory.mktemp("agreement")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_HOME", str(home))
        found = f"sqlite:///{home / 'store.db'}"
        patch.setenv("DATELINE_DB", found)
        with Store.open(found) as store:
            synthetic.fill(store, INCIDENTS)
        yield found


@pytest.fixture(scope="module")
def plain(url: str) -> pd.DataFrame:
    """The same incidents as a table."""
    with Store.open(url) as store:
        return table(store)


def on_map(app: AppTest) -> Json:
    """What was sent to the map."""
    for one in app.get("component_instance"):
        script = json.loads(one.proto.json_args).get("feature_group", "")
        if script:
            call = script[script.index("Dateline.draw(") :]
            return dict(json.JSONDecoder().raw_decode(call[call.index("{") :])[0])
    raise AssertionError("no map was drawn")


def part(app: AppTest, name: str) -> Json | None:
    """What was sent to a part of the page, None where it is not shown."""
    sent = [one.proto for one in app.get("bidi_component") if one.proto.component_name == f"dateline_{name}"]
    return json.loads(sent[0].json or sent[0].mixed.json) if sent else None


def step(chance: random.Random, look: Look, plain: pd.DataFrame, view: list[float] | None) -> tuple[Look, Any]:
    """One random step: a filter or brush, a click on an incident or back to the list, a pan or zoom."""
    kind = chance.choice(("filter",) * 4 + ("click", "back", "pan", "pan"))
    if kind == "filter":
        return replace(look, ask=change(chance, look.ask, plain)), view
    if kind == "click":
        return replace(look, chosen=plain.iloc[chance.randrange(len(plain))].id), view
    if kind == "back":
        return replace(look, chosen=None), view
    zoom, lat, lon = chance.randrange(2, 9), chance.uniform(-50, 60), chance.uniform(-170, 170)
    high, wide = 160 / 2**zoom, 360 / 2**zoom
    return look, [lat - high, lon - wide, min(85.0, lat + high), lon + wide, zoom, lat, lon, 1]


def seen(shown: pd.DataFrame, view: list[float] | None) -> pd.DataFrame:
    """What the map has to hold: all where they are few, else what lies in the view with its margin."""
    placed = shown[shown.lat.notna() & (shown.where_precision != 6)]
    box = cells.View(round(view[4]), (view[0], view[1], view[2], view[3])).padded().box if view else None
    if len(placed) <= cells.MOST_POINTS or box is None:
        return placed
    south, west, north, east = box
    across = (placed.lon - west) % 360 <= east - west if east - west < 360 else placed.lon.notna()
    return placed[placed.lat.between(south, north) & across]


def test_the_screen_agrees_with_pandas_after_any_steps(
    url: str, plain: pd.DataFrame, pytestconfig: pytest.Config
) -> None:
    chance = random.Random(17)
    app = AppTest.from_file(APP, default_timeout=120).run()
    view, left = None, 0
    for _ in range(pytestconfig.getoption("--steps")):
        look, view = step(chance, app.session_state["look"], plain, view)
        app.session_state["look"] = look
        app.session_state["main-view"] = {"view": view}
        app.run()
        assert not app.exception
        wanted = fitting(plain, look.ask)
        shown = wanted if look.ask.every else plain[plain.lead & plain.event.isin(wanted.event)]
        _agree(app, look, shown, view)
        left += len(shown) > 0
        if not len(shown):
            # As a reader would, who sees nothing.
            app.session_state["look"] = replace(look, ask=Ask())
    assert left > pytestconfig.getoption("--steps") / 3


def _agree(app: AppTest, look: Look, shown: pd.DataFrame, view: list[float] | None) -> None:
    drawn = on_map(app)
    # The chosen one is drawn by itself, also beside the cell that counts it and where it lies outside of the view.
    chosen = look.chosen in {point[0] for point in drawn["points"]}
    counted = len(drawn["points"]) + sum(cell[2] for cell in drawn["cells"])
    assert counted - len(seen(shown, view)) in ((0, 1) if chosen else (0,))
    headline = app.markdown[0].value
    assert headline.startswith(f"**{len(shown):,} {'incident' if look.ask.every else 'event'}")
    _timeline_agrees(app, look, shown)
    listed = part(app, "list")
    if listed and look.chosen is None and app.session_state["main-which"] == "map":
        placed = shown[shown.lat.notna() & (shown.where_precision != 6)]
        latest = placed.sort_values(["date_start", "key"], ascending=[False, True]).id.tolist()
        assert [row["id"] for row in listed["rows"]] == latest[:50]


def _timeline_agrees(app: AppTest, look: Look, shown: pd.DataFrame) -> None:
    bars = part(app, "timeline")
    if bars is None:
        return
    firsts = np.array([*bars["firsts"], str(pd.Timestamp(bars["end"]) + pd.Timedelta(days=1))[:10]], "datetime64[D]")
    if look.ask.date_from is None and look.ask.date_to is None:
        days = np.array(shown.date_start.dropna().tolist(), "datetime64[D]")
        assert bars["counts"] == np.histogram(days.astype(int), firsts.astype(int))[0].tolist()
    assert bars["undated"] == int(shown.date_start.isna().sum())
