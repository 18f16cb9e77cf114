"""GeoNames dumps: loaded beside the bundled index, broken rows named, stopped loads gone on with, downloads resumed."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extract.errors import InputError, ReferenceDataError
from geo import dump, index
from geo.gazetteer import Gazetteer

# Places of Syria's Deir ez-Zor province that the bundled towns do not hold, in the dump's layout of 19 columns.
END = "\t\t07\t\t\t\t0\t\t200\tAsia/Damascus\t2016-01-01"
ROWS = "\n".join(
    (
        "900000001\tAsh Shuhayl\tAsh Shuhayl\tAl Shuhail,Shuhayl,الشحيل\t35.2066\t40.4584\tP\tPPL\tSY" + END,
        "900000002\tAl Hawayij\tAl Hawayij\tHawaij\t35.3000\t40.2900\tP\tPPL\tSY" + END,
        "broken row",
        "900000003\tOff the globe\tOff\t\t135.0\t40.0\tP\tPPL\tSY" + END,
        "900000004\tJabal Thardah\tJabal Thardah\t\t35.2400\t40.1500\tT\tMT\tSY" + END,
        "",
    )
)
NAMES = """\
1\t900000002\ten\tHouayej\t\t\t\t
2\t900000002\tlink\thttps://example.org/x\t\t\t\t
3\tx\ten\tNowhere\t\t\t\t
4\t999999999\ten\tOf no place\t\t\t\t
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "dump"
    folder.mkdir()
    (folder / "SY.txt").write_text(ROWS, "utf-8")
    (folder / "alternateNamesV2.txt").write_text(NAMES, "utf-8")
    (folder / "readme.txt").write_text("not a dump file", "utf-8")
    return folder


@pytest.fixture
def base(tmp_path: Path, index_path: Path) -> Path:
    return Path(shutil.copy(index_path, tmp_path / "gazetteer.sqlite"))


def test_what_the_dump_adds_is_found(files: Path, base: Path, sources: Path) -> None:
    loaded = dump.build(base, [files], data=sources)
    assert (loaded.places, loaded.broken) == (3, 3)
    assert [(b.file, b.line) for b in loaded.named] == [
        ("SY.txt", 3),
        ("SY.txt", 4),
        ("alternateNamesV2.txt", 3),
    ]
    opened = Gazetteer.open(base, sources)
    for name, number in (("Shuhayl", 900000001), ("الشحيل", 900000001), ("Houayej", 900000002)):
        added = {c.gazetteer_id: c for c in opened.find(name, "SY")}
        assert added[f"geonames:{number}"].admin1 == "Deir ez-Zor"
    assert "geonames:900000002" in [c.gazetteer_id for c in opened.search("Hawaej", country="SY")]
    assert opened.find("Aleppo", "SY")
    opened.close()


def test_a_stopped_load_goes_on(files: Path, base: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump, "BATCH", 2)

    def stop(what: str, share: float) -> None:
        if what == "SY.txt" and share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dump.build(base, [files], data=sources, progress=stop)
    assert not index.whole_dump(index.dump_path(base))
    again = dump.build(base, [files], data=sources)
    assert again.places < 3
    opened = Gazetteer.open(base, sources)
    assert opened.find("Ash Shuhayl")
    assert opened.find("Jabal Thardah")
    opened.close()


def test_zipped_country_files(tmp_path: Path, base: Path, sources: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("readme.txt", "short")
        archive.writestr("SY.txt", ROWS)
    assert dump.build(base, [tmp_path / "SY.zip"], data=sources).places == 3


def test_nothing_to_load_is_said(tmp_path: Path, base: Path) -> None:
    with pytest.raises(InputError, match="no GeoNames places file"):
        dump.build(base, [tmp_path])


def test_a_damaged_zip_is_said(tmp_path: Path, base: Path) -> None:
    (tmp_path / "SY.zip").write_bytes(b"PK no zip")
    with pytest.raises(ReferenceDataError, match=r"cannot read SY\.zip"):
        dump.build(base, [tmp_path / "SY.zip"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    root = tmp_path / "served"
    (root / "alternatenames").mkdir(parents=True)
    for name, content in (("SY.zip", ROWS), ("alternatenames/SY.zip", NAMES)):
        with zipfile.ZipFile(root / name, "w") as archive:
            archive.writestr("SY.txt", content)
    (root / "admin1CodesASCII.txt").write_text("SY.07\tDeir ez-Zor\tDeir ez-Zor\t1\n", "utf-8")
    (root / "admin2Codes.txt").write_text("SY.07.1\tSomewhere\tSomewhere\t2\n", "utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()


def test_download_then_build(server: str, tmp_path: Path, base: Path, sources: Path) -> None:
    files = dump.download(["sy"], tmp_path / "got", server=server)
    assert [f.name for f in files] == ["admin1CodesASCII.txt", "admin2Codes.txt", "SY.zip", "alternateNames_SY.zip"]
    assert dump.build(base, [tmp_path / "got"], data=sources).places == 3
    opened = Gazetteer.open(base, sources)
    assert opened.find("Houayej")
    opened.close()


def test_no_server_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="cannot download"):
        dump.download(["SY"], tmp_path, server="http://127.0.0.1:9")
