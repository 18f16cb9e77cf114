"""The commands as they are called: what goes to standard output, the exit status, and no traceback ever."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STRIKE = "Russian aircraft bombed a market in Idlib on 22 July 2019. At least 39 civilians were killed, rescuers said."
GOOD = json.dumps({"id": "a", "text": STRIKE, "published": "2019-07-23"})
BAD = '{"id": "b", "text": 5}'


def run(home: Path, *args: object, **env: str) -> subprocess.CompletedProcess[str]:
    """The command with a store of its own in ``home``; the name index is shared, being slow to build."""
    own = {"DATELINE_DB": f"sqlite:///{home / 'store.db'}", "PYTHONIOENCODING": "ascii", **env}
    call = [sys.executable, "cli.py", *map(str, args)]
    done = subprocess.run(call, cwd=ROOT, env=os.environ | own, capture_output=True, encoding="utf-8", timeout=300)
    assert "Traceback" not in done.stderr
    return done


def write(home: Path, name: str, *lines: str) -> Path:
    path = home / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_extract_prints_one_line_a_report_in_order(tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"n{n}", "text": f"{STRIKE} № {n} – حلب"}, ensure_ascii=False) for n in range(20)]
    path = write(tmp_path, "a.jsonl", *rows)
    alone, together = run(tmp_path, "extract", path), run(tmp_path, "extract", path, "--workers", 2)
    assert [json.loads(line)["report_id"] for line in alone.stdout.splitlines()] == [f"n{n}" for n in range(20)]
    assert alone.stdout == together.stdout
    assert (alone.returncode, together.returncode) == (0, 0)
    assert not (tmp_path / "store.db").exists()


def test_extract_goes_on_past_refused_lines(tmp_path: Path) -> None:
    path, out = write(tmp_path, "a.jsonl", BAD, GOOD, "{"), tmp_path / "out.jsonl"
    done = run(tmp_path, "extract", path, "-o", out)
    assert done.returncode == 1
    assert done.stdout == ""
    assert [json.loads(line)["report_id"] for line in out.read_text().splitlines()] == ["a"]
    assert f"refused: {path}, line 1: 'text' is a number, not text" in done.stderr
    assert f"refused: {path}, line 3: is not JSON" in done.stderr


def test_a_text_file_takes_its_fields_from_the_call(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", STRIKE.replace("on 22 July 2019", "on Monday"))
    done = run(
        tmp_path, "extract", path, "--published", "2019-07-23", "--title", "Market bombed", "--publisher", "Agency"
    )
    (incident,) = [i for i in json.loads(done.stdout)["incidents"] if i["primary"]]
    assert (incident["date"]["start"], incident["date"]["basis"]) == ("2019-07-22", "relative")
    assert incident["place"]["country_code"] == "SY"


@pytest.mark.parametrize(
    "text",
    ["12 34 56", "", "   \n"],
)
def test_text_without_words_is_refused(tmp_path: Path, text: str) -> None:
    done = run(tmp_path, "extract", write(tmp_path, "a.txt", text))
    assert (done.returncode, done.stdout) == (1, "")
    assert "line 1: 'text' " in done.stderr


def test_a_text_without_any_place_is_read(tmp_path: Path) -> None:
    done = run(tmp_path, "extract", write(tmp_path, "a.txt", "Gunmen killed two soldiers."))
    assert done.returncode == 0
    assert all(incident["place"] is None for incident in json.loads(done.stdout)["incidents"])


def test_a_language_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    russian = "Российская авиация нанесла удар по позициям боевиков под Идлибом, погибли сорок человек."
    done = run(tmp_path, "extract", write(tmp_path, "a.txt", russian))
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["language"] == "ru"
    assert found["incidents"] == []
    assert found["warnings"]


def test_add_then_export(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", GOOD, BAD)
    first, again = run(tmp_path, "add", path), run(tmp_path, "add", path)
    assert (first.returncode, again.returncode) == (1, 1)
    assert (first.stdout, again.stdout) == ("", "")
    assert "1 reports stored with" in first.stderr
    assert "0 reports stored with 0 incidents, 1 stored already, 1 refused" in again.stderr
    whole = json.loads(run(tmp_path, "export", "--format", "geojson").stdout)
    assert {feature["properties"]["report_id"] for feature in whole["features"]} == {"a"}
    none = run(tmp_path, "export", "--format", "geojson", "--from", "2019-07-24").stdout
    assert json.loads(none)["features"] == []
    discreet = run(tmp_path, "export", "--format", "geojson", "--coarsen", 25, "--hide", "province", "--hide", "source")
    point = json.loads(discreet.stdout)["features"][0]
    assert point["geometry"]["coordinates"] != whole["features"][0]["geometry"]["coordinates"]
    assert point["properties"]["radius_km"] >= 18
    assert "Idlib" not in discreet.stdout
    by_party = run(tmp_path, "export", "--format", "csv", "--party", "Russian government", "--role", "perpetrator")
    assert len(by_party.stdout.splitlines()) >= 2


def test_locate_by_name_and_by_file(tmp_path: Path) -> None:
    one = run(tmp_path, "locate", "Idlib", "--country", "sy", "--near", "35.9,36.6", "--limit", 3)
    (first, *_) = [json.loads(line) for line in one.stdout.splitlines()]
    assert (first["country_code"], round(first["lat"]), round(first["lon"])) == ("SY", 36, 37)
    asked = write(
        tmp_path, "q.jsonl", '{"id": "x", "name": "Idlib", "country": "SY"}', "{}", '{"id": 2, "name": "Qqxzzk"}'
    )
    many = run(tmp_path, "locate", "--input", asked)
    known, unknown = [json.loads(line) for line in many.stdout.splitlines()]
    assert many.returncode == 1
    assert f"refused: {asked}, line 2: has no 'name'" in many.stderr
    assert (known["id"], known["candidates"][0]["name"]) == ("x", "Idlib")
    assert unknown == {"id": 2, "candidates": []}


def test_a_name_that_is_unknown_is_no_failure(tmp_path: Path) -> None:
    done = run(tmp_path, "locate", "Qqxzzk")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no such place is known\n")


@pytest.mark.parametrize(
    "args, reason",
    [
        ([], "required"),
        (["fly"], "invalid choice"),
        (["export", "--format", "csv", "--coarsen", "0"], "'0' is no width of a cell: it may be 1 to 500 km"),
        (["export", "--format", "csv", "--hide", "face"], "'face' cannot be hidden; there are place, province"),
        (["extract"], "required"),
        (["extract", "missing.jsonl"], "No such file"),
        (["extract", "no*such"], "no file fits the pattern"),
        (["extract", "pyproject.toml"], "not of a kind that can be read"),
        (["extract", "data/samples/reports.jsonl", "--published", "17/09/2016"], "not an ISO 8601 date"),
        (["extract", "data/samples/reports.jsonl", "--published", "2016-02-30"], "not a date that exists"),
        (["extract", "data/samples/reports.jsonl", "--workers", "0"], "not a whole number from 1 to 256"),
        (["extract", "data/samples/reports.jsonl", "--scheduler", "nowhere"], "neither 'local' nor the address"),
        (["extract", "data/samples/reports.jsonl", "-o", "/no/such/folder/x"], "cannot be written"),
        (["extract", "data/samples/reports.jsonl", "-o", "data/samples/reports.jsonl"], "is an input too"),
        (["extract", "data/samples/reports.jsonl", "--map", "body=text"], "is not FIELD=COLUMN"),
        (["watch"], "name a feed, page or folder"),
        (["locate"], "required"),
        (["locate", "Homs", "--input", "data/samples/reports.jsonl"], "not allowed with"),
        (["locate", "Homs", "--country", "Syria"], "not an ISO 3166-1 code"),
        (["locate", "Homs", "--near", "95,200"], "latitude goes from"),
        (["locate", "Homs", "--limit", "many"], "not a whole number"),
        (["export"], "required"),
        (["export", "--format", "shapefile"], "not a format that is built"),
        (["export", "--format", "csv", "--type", "picnic"], "not an event type"),
        (["export", "--format", "csv", "--from", "2020-01-02", "--to", "2020-01-01"], "is later than"),
    ],
)
def test_a_wrong_call_is_explained(tmp_path: Path, args: list[str], reason: str) -> None:
    done = run(tmp_path, *args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert reason in done.stderr


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        raw.execute("INSERT INTO meta VALUES ('schema_version', '999')")


@pytest.mark.parametrize(
    "prepare, reason",
    [(_newer, "newer Dateline"), (lambda path: path.write_text("no store at all " * 99), "not a Dateline store")],
)
def test_a_store_that_cannot_be_used_is_explained(tmp_path: Path, prepare, reason: str) -> None:  # type: ignore[no-untyped-def]
    prepare(tmp_path / "store.db")
    before = (tmp_path / "store.db").read_bytes()
    done = run(tmp_path, "add", write(tmp_path, "a.jsonl", GOOD))
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert (tmp_path / "store.db").read_bytes() == before


def test_a_missing_model_is_explained(tmp_path: Path) -> None:
    done = run(tmp_path, "extract", write(tmp_path, "a.jsonl", GOOD), DATELINE_MODEL="no_such_model")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no_such_model" in done.stderr


def test_the_log_can_be_json(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", GOOD, BAD)
    done = run(tmp_path, "extract", path, DATELINE_LOG="json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert all({"time", "event"} <= set(line) for line in lines)
    said = [line["message"] for line in lines if line["event"] == "message"]
    assert said == [f"refused: {path}, line 2: 'text' is a number, not text", "1 reports read, 1 refused"]


def test_help_tells_every_command_and_option(tmp_path: Path) -> None:
    told = run(tmp_path, "--help")
    assert told.returncode == 0
    for words in (
        "extract",
        "add",
        "locate",
        "export",
        "--workers",
        "--near",
        "--input",
        "--format",
        "--scheduler",
        "DATELINE_DB",
    ):
        assert words in told.stdout


def test_whoever_stops_listening_is_no_failure(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", *[GOOD] * 200)
    call = f"{sys.executable} cli.py extract {path} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", call], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert json.loads(done.stdout)["report_id"] == "a"
    assert "Traceback" not in done.stderr


def test_import_names_the_bad_row_and_stores_the_good(tmp_path: Path) -> None:
    header = "event_id_cnty,event_date,event_type,sub_event_type,actor1,latitude,longitude,notes"
    told = "Battles,Armed clash,Rebels"
    good, bad = f"X1,2016-09-17,{told},35.1,40.2,Fighting.", f"X2,2016-09-17,{told},95,40.2,Fighting."
    path = write(tmp_path, "rows.csv", header, good, bad)
    done = run(tmp_path, "import", path, "--name", "my-rows")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"refused: {path}, line 3: 95.0, 40.2 is not on the earth" in done.stderr
    assert "1 incidents stored, 0 stored already, 1 rows refused" in done.stderr
    (line,) = run(tmp_path, "export", "--format", "jsonl").stdout.splitlines()
    assert (json.loads(line)["id"], json.loads(line)["credit"]) == (
        "my-rows:X1",
        "Loaded into Dateline from ACLED, whose terms of use hold",
    )


def test_import_refuses_a_file_of_no_known_kind(tmp_path: Path) -> None:
    done = run(tmp_path, "import", write(tmp_path, "rows.csv", "name,age", "x,1"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "the columns are of no kind that can be loaded" in done.stderr


@pytest.mark.parametrize(
    "call, status, told",
    [
        (("review", "list"), 0, ""),
        (("review", "accept", "nobody", "--who", "Ana"), 2, "there is no incident 'nobody'"),
        (("review", "merge", "one"), 2, "review merge takes the ids of two events"),
        (("review", "edit", "x", "--set", "killed_low"), 2, "'killed_low' is not FIELD=VALUE"),
        (("review", "forget", "x"), 2, "invalid choice: 'forget'"),
        (("backup", "{home}/kept.db"), 0, "is saved in"),
        (("backup", "{home}/cli.jsonl"), 2, "is there already; a backup overwrites nothing"),
        (("backup", "{home}/none.db", "--restore"), 2, "there is no backup"),
    ],
)
def test_review_and_backup_say_what_they_did(tmp_path: Path, call: tuple[str, ...], status: int, told: str) -> None:
    write(tmp_path, "cli.jsonl", GOOD)
    done = run(tmp_path, *(word.format(home=tmp_path) for word in call))
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr
