"""The set-up scripts on machines that lack something: made of a folder with the few programs that they may find."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("sh", "dirname", "cat", "uname", "chmod")
BROWSER = "#!/bin/sh\necho Chromium 1.0\n"
APT = """#!/bin/sh
case "$*" in
    *update*) : >"{home}/updated" ;;
    *) [ {fresh} = yes ] || [ -f "{home}/updated" ] || exit 100
       printf '#!/bin/sh\\necho Chromium 1.0\\n' >"{home}/chromium"; chmod +x "{home}/chromium" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs, to be the whole PATH."""
    for tool in TOOLS:
        os.symlink(shutil.which(tool) or tool, tmp_path / tool)
    put(tmp_path, "id", "#!/bin/sh\necho 0\n")
    return tmp_path


def put(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(script)
    (folder / name).chmod(0o755)


def run(machine: Path, *call: str, **env: str) -> subprocess.CompletedProcess[str]:
    only = {"PATH": str(machine), "HOME": str(machine), "PLAYWRIGHT_BROWSERS_PATH": str(machine), **env}
    return subprocess.run(["/bin/sh", *call], cwd=ROOT, env=only, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
def test_a_browser_that_is_there_is_taken(machine: Path, name: str) -> None:
    put(machine, name, BROWSER)
    done = run(machine, "scripts/browser.sh")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{machine / name}\n", "")


def test_a_named_browser_comes_first(machine: Path) -> None:
    put(machine, "chromium", BROWSER)
    put(machine, "mine", BROWSER)
    done = run(machine, "scripts/browser.sh", DATELINE_CHROMIUM=str(machine / "mine"))
    assert done.stdout == f"{machine / 'mine'}\n"


@pytest.mark.parametrize("fresh", ["yes", "no"])
def test_else_debians_is_installed_and_said(machine: Path, fresh: str) -> None:
    put(machine, "chromium-browser", "#!/bin/sh\nexit 1\n")
    put(machine, "apt-get", APT.format(home=machine, fresh=fresh))
    done = run(machine, "scripts/browser.sh")
    assert (done.returncode, done.stdout) == (0, f"{machine / 'chromium'}\n")
    assert "installing Debian's" in done.stderr
    assert (machine / "updated").exists() == (fresh == "no")


def test_a_named_postgresql_comes_before_the_one_on_the_path(machine: Path) -> None:
    mine = machine / "mine"
    mine.mkdir()
    for folder in (machine, mine):
        for name in ("initdb", "postgres"):
            put(folder, name, "#!/bin/sh\n")
    assert run(machine, "scripts/postgres.sh").stdout == f"{machine}\n"
    assert run(machine, "scripts/postgres.sh", DATELINE_POSTGRES=str(mine)).stdout == f"{mine}\n"
    (mine / "postgres").unlink()
    assert run(machine, "scripts/postgres.sh", DATELINE_POSTGRES=str(mine)).stdout == f"{machine}\n"


OLD = "#!/bin/sh\nexit 1\n"
NEW = "#!/bin/sh\nexit 0\n"


@pytest.mark.parametrize(
    "programs, expected",
    [
        ({"python3": NEW}, "python3"),
        ({"python3": OLD, "python3.12": NEW}, "python3.12"),
        ({"python3": OLD, "python": NEW}, "python"),
        ({"python3": OLD}, None),
        ({}, None),
    ],
)
def test_the_first_python_that_will_do(machine: Path, programs: dict[str, str], expected: str | None) -> None:
    for name, script in programs.items():
        put(machine, name, script)
    done = run(machine, "-c", ". scripts/common.sh; find_python")
    if expected:
        assert (done.returncode, done.stdout) == (0, f"{machine / expected}\n")
    else:
        assert (done.returncode, done.stdout) == (1, "")
        assert "no Python 3.11 or newer" in done.stderr


def test_what_was_installed_is_not_installed_again(machine: Path) -> None:
    put(machine, "basename", "#!/bin/sh\necho requirements\n")
    put(machine, "cksum", "#!/bin/sh\ncat\n")
    put(machine, "pip", '#!/bin/sh\necho installed "$@" >>"$HOME/log"\n')
    (machine / "requirements.txt").write_text("spacy==3\n")
    install = f"""
        . scripts/common.sh; VENV={machine}; PY={machine}/pip
        install {machine}/requirements.txt; install {machine}/requirements.txt
        echo spacy==4 >{machine}/requirements.txt; install {machine}/requirements.txt
    """
    done = run(machine, "-c", install)
    assert done.returncode == 0
    assert len((machine / "log").read_text().splitlines()) == 2
