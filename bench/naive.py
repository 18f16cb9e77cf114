"""Folium markers and pydeck on as many incidents, as people commonly draw them: seconds from a filter to its map."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tests.views import browser as drive

SEED = 3
FOLIUM = """
import random, folium, streamlit as st
from streamlit_folium import st_folium
chance = random.Random({seed})
rows = [(chance.uniform(30, 37), chance.uniform(36, 45), i) for i in range({many})]
left = st.checkbox("half")
shown = rows[: len(rows) // 2] if left else rows
map_ = folium.Map((33, 40), zoom_start=6, tiles=None)
group = folium.FeatureGroup("incidents")
for lat, lon, i in shown:
    folium.Marker((lat, lon), popup=f"incident {{i}}").add_to(group)
group.add_to(map_)
st_folium(map_, key="map", returned_objects=[])
st.text(f"drawn {{len(shown)}}")
"""
PYDECK = """
import random, pandas as pd, pydeck, streamlit as st
chance = random.Random({seed})
rows = pd.DataFrame({{"lat": [chance.uniform(30, 37) for _ in range({many})],
                     "lon": [chance.uniform(36, 45) for _ in range({many})]}})
left = st.checkbox("half")
shown = rows.head(len(rows) // 2) if left else rows
layer = pydeck.Layer("ScatterplotLayer", shown, get_position="[lon, lat]", get_radius=3000)
st.pydeck_chart(pydeck.Deck(layer, pydeck.ViewState(33, 40, 5), map_style=None))
st.text(f"drawn {{len(shown)}}")
"""
LONGEST = 180.0


def measured(browser: Browser, many: int) -> Iterator[tuple[str, float]]:
    """Name and seconds of each."""
    for name, script in (("Folium markers", FOLIUM), ("pydeck scatter", PYDECK)):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "app.py"
            file.write_text(script.format(seed=random.Random(SEED).randrange(1000), many=many), "utf-8")
            yield name, _seconds(browser, file, many)


def _seconds(browser: Browser, file: Path, many: int) -> float:
    port = drive.free_port()
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", str(file), *options, "--browser.gatherUsageStats", "false"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=file.parent, stdout=quiet, stderr=quiet)
    try:
        drive.wait(f"http://127.0.0.1:{port}/_stcore/health", process)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}")
        page.get_by_text(f"drawn {many}").wait_for(timeout=LONGEST * 1000)
        page.wait_for_timeout(3_000)
        started = time.perf_counter()
        page.get_by_text("half").click()
        page.get_by_text(f"drawn {many // 2}").wait_for(timeout=LONGEST * 1000)
        # The browser is done drawing when it comes to the next frame.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found = time.perf_counter() - started
        page.close()
        return found
    finally:
        process.terminate()
        process.wait(20)
