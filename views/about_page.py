"""Help: what is on the map, how to read it, where the data come from."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_TEXTS = Path(__file__).parent / "parts"


def page() -> None:
    """Two columns of the project's own text."""
    left, right = st.columns([3, 2], gap="large")
    left.markdown((_TEXTS / "help.md").read_text("utf-8"))
    right.markdown((_TEXTS / "sources.md").read_text("utf-8"))
