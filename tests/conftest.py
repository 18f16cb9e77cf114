"""The order of the tests: units first, then those in a browser, then the accuracy gate."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--steps 200``: how many random steps on the map page are held against a plain count."""
    parser.addoption("--steps", type=int, default=40)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by kind, keeping the order within each, so that the quick ones fail first."""
    items.sort(key=lambda item: (_is_gate(item), item.get_closest_marker("browser") is not None))


def _is_gate(item: pytest.Item) -> bool:
    return "gold" in item.path.parts
