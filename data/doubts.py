"""How much an incident is worth checking, in SQL's words: PostgreSQL's index of it holds these very words."""

from __future__ import annotations

# What each doubt adds to 1 - confidence, and the toll from which on more deaths add no more. Chosen so that a grave or
# disputed incident comes before one that is merely unsure; no measurement stands behind them.
DISPUTED, UNLOCATED, UNDATED, GRAVE = 0.5, 0.4, 0.2, 0.6
GRAVE_FROM = 50

_TOLL = "coalesce(incidents.killed_high, incidents.killed_low, 0)"
WORTH = (
    "(1.0 - incidents.confidence)"
    f" + CASE WHEN incidents.status = 'disputed' THEN {DISPUTED} ELSE 0.0 END"
    f" + CASE WHEN incidents.lat IS NULL THEN {UNLOCATED} ELSE 0.0 END"
    f" + CASE WHEN incidents.date_start IS NULL THEN {UNDATED} ELSE 0.0 END"
    f" + CASE WHEN {_TOLL} > {GRAVE_FROM} THEN {GRAVE_FROM} ELSE {_TOLL} END * {GRAVE / GRAVE_FROM}"
)
