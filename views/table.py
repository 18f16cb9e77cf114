"""The incidents as a table: what the map shows, for those who do not look at maps, sortable and downloadable."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.query import IncidentRow
from views import words


def table(rows: Sequence[IncidentRow]) -> None:
    """A row an incident; the cells are plain text."""
    st.dataframe(pd.DataFrame([_row(row) for row in rows]), hide_index=True, width="stretch")


def _row(row: IncidentRow) -> dict[str, object]:
    return {
        "First day": row.date_start,
        "Last day": row.date_end,
        "What": words.event(row.event_type).label,
        "Told as": words.STATUS.get(row.status, row.status),
        "By": _names(row, "perpetrator"),
        "Against": _names(row, "target"),
        "Involved": _names(row, "participant"),
        "Where": words.where(row),
        "How exact": words.WHERE.get(row.where_precision or 0, "no place found"),
        "Killed": words.number(row.killed_low, row.killed_high),
        "Wounded": words.number(row.wounded_low, row.wounded_high),
        "Publisher": row.publisher,
        "Published": row.published,
        "Report": row.title,
    }


def _names(row: IncidentRow, role: str) -> str:
    return ", ".join(p.name for p in row.parties if p.role == role)
