"""One index of the bundled sources for all tests of a run, kept between runs while the sources stay the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo import gazetteer as gazetteers
from geo import index
from geo.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, so that the sources stay as they are while the tests run."""
    folder = tmp_path_factory.mktemp("sources")
    for name in index.sources.FILES:
        shutil.copy(gazetteers.DATA / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def index_path(sources: Path) -> Path:
    path = Path(tempfile.gettempdir()) / f"dateline-test-{index.digest(sources)}.sqlite"
    if not gazetteers.fresh(path, sources):
        gazetteers.build(path, data=sources)
    return path


@pytest.fixture(scope="session")
def gazetteer(index_path: Path, sources: Path) -> Iterator[Gazetteer]:
    opened = Gazetteer.open(index_path, sources)
    yield opened
    opened.close()
