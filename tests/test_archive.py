"""From a folder of files of every kind to the store, by the command."""

from __future__ import annotations

import json
from pathlib import Path

from data import paths
from tests.extract import samples
from tests.test_cli import run


def own_home(tmp_path: Path) -> dict[str, str]:
    """A data folder of the test's own; the name index, slow to build, is shared."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cache").symlink_to(paths.cache_dir())
    return {"DATELINE_HOME": str(tmp_path / "home")}


def test_every_kind_of_file_goes_from_folder_to_map(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in samples.FILES.items():
        (folder / name).write_bytes(data)
    (folder / "z.pdf").write_bytes(b"%PDF-1.4 broken")
    done = run(tmp_path, "add", folder, "--published", "2022-06-07")
    assert done.returncode == 1
    assert f"refused: {folder}/z.pdf, line 1: cannot be parsed" in done.stderr
    told = run(tmp_path, "export", "--format", "geojson")
    found = [feature["properties"] for feature in json.loads(told.stdout)["features"]]
    # Files that hold the very same words and fields are one report.
    reports = {one["report_id"] for one in found}
    assert len(reports) >= 10
    assert {one["country_code"] for one in found if one["primary"]} == {"UA"}
    again = run(tmp_path, "add", folder, "--published", "2022-06-07")
    assert "0 reports stored" in again.stderr


def test_columns_named_once_are_known_the_next_time(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(f'when,body\n20220607,"{samples.FIRST}"\n')
    env = own_home(tmp_path)
    first = run(tmp_path, "extract", table, "--map", "text=body", "--map", "published=when", **env)
    done = run(tmp_path, "extract", table, **env)
    assert "columns as last time: text=body, published=when" in done.stderr
    assert done.stdout == first.stdout
    (incident,) = [one for one in json.loads(done.stdout)["incidents"] if one["primary"]]
    assert incident["date"]["start"] == "2022-06-06"


def test_a_folder_is_watched_once(tmp_path: Path) -> None:
    folder, env = tmp_path / "in", own_home(tmp_path)
    folder.mkdir()
    (folder / "a.html").write_text(samples.PAGE)
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    first, second = (run(tmp_path, "watch", folder, "--once", **env) for _ in range(2))
    assert (first.returncode, first.stdout) == (1, "")
    assert f"put aside: {folder}/b.pdf, line 1: cannot be parsed" in first.stderr
    assert "UTC: 1 reports stored with" in first.stderr
    assert second.returncode == 0
    assert "1 sources unchanged" in second.stderr
    (folder / "b.pdf").write_bytes(samples.pdf())
    again = run(tmp_path, "watch", "--retry", **env)
    assert again.returncode == 0
    assert "UTC: 1 reports stored" in again.stderr
