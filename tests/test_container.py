"""The lock file and the container's files against the rest of the project; no container is built here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_house import distribution, required

ROOT = Path(__file__).parents[1]
LOCKED = re.compile(r"^([\w.-]+)==(\S+?)(?: ;[^\\]*)? \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


@pytest.fixture(scope="module")
def locked() -> dict[str, str]:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    found = LOCKED.findall(text)
    # Every package has a hash, and nothing else stands in the file: no address, no option.
    assert "".join(LOCKED.sub("", text)).strip() == ""
    return {distribution(name): version for name, version, _ in found}


def test_the_lock_holds_what_is_required(locked: dict[str, str]) -> None:
    wanted = {distribution(name.split("[")[0]): version for name, version in required("requirements.txt").items()}
    # Where this fails: make lock.
    assert {name: locked.get(name) for name in wanted} == wanted
    assert len(locked) > 2 * len(wanted)


def test_the_container_installs_by_hash_and_runs_without_rights() -> None:
    text = (ROOT / "Containerfile").read_text("utf-8")
    assert "--require-hashes -r requirements.lock" in text
    assert text.index("USER dateline") < text.index("CMD [")
    copied = re.findall(r"^COPY (?:--\S+ )?(\S+)", text, re.MULTILINE)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    # The door is asked before the app is served.
    assert text.index("scripts.door 0.0.0.0 &&") < text.index("streamlit run app.py")


def test_the_composed_app_is_reached_from_this_machine_alone_and_holds_no_secret() -> None:
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    assert services["app"]["ports"] == ["127.0.0.1:8501:8501"]
    assert "ports" not in services["store"]
    assert services["store"]["environment"]["POSTGRES_PASSWORD"].startswith("${DATELINE_PASSWORD:?")
    assert services["app"]["environment"]["DATELINE_DB"].startswith(
        "postgresql+psycopg://dateline:${DATELINE_PASSWORD}@"
    )
    assert "secrets.toml" in (ROOT / ".dockerignore").read_text("utf-8")
