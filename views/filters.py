"""The filters beside the map: every value with how many it would leave, all in one part that the browser draws.

What was chosen comes back as a change to one parameter of the address and is read as an address is, so that nothing
can be chosen that an address could not hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from data import vocabulary
from data.facets import Value
from data.overview import Answer, bounds
from geo import layers
from views import address, parts, state, words

KEY, SEARCHES = "filters", "filter-searches"
# Values sent of one filter; the others are found by typing. 40 parties are 3 kB of an update's 50.
MOST = 40
ROLES: Mapping[str, str] = {
    "either": "Any role",
    "perpetrator": "Perpetrator",
    "target": "Target",
    "blamed": "Blamed",
    "claimant": "Claimant",
}
EXACT = {str(code): meaning for code, meaning in words.WHERE.items()}
REVIEWED = {"none": "Not looked at", "accepted": "Accepted", "edited": "Edited", "rejected": "Rejected"}
Json = dict[str, Any]


class Named(NamedTuple):
    """What a value is called, and a remark on it ("" for none)."""

    label: str
    note: str = ""


def panel(answer: Answer) -> None:
    """The filters in the side bar."""
    parts.filters(payload(answer, state.look(), searches()), key=KEY, on_change=_changed)


def payload(answer: Answer, look: address.Look, asked: Mapping[str, str]) -> Json:
    """What the part shows: groups of items; ``asked`` is what was typed to search in each."""
    held = _Sender(answer, look, asked)
    groups = [
        ("who", "Party", held.parties(), True),
        ("what", "What happened", [held.picks("type", "Kind of event", lambda v: Named(words.event(v).label))], False),
        ("when", "When", held.days(), True),
        ("where", "Where", held.places(), False),
        ("toll", "Killed, and civilians", held.toll(), False),
        ("words", "Words in the report", [held.fields(("words", "search", "Words in the report"))], True),
        ("sure", "How sure", held.sure(), False),
        ("source", "Source", [held.picks("publisher", "Publisher", Named, search=True)], False),
        ("shown", "Map and list", held.drawing(), False),
    ]
    return {
        "answer": len(answer),
        "groups": [
            {"key": key, "label": label, "items": items, "open": opened, "active": held.active(items)}
            for key, label, items, opened in groups
        ],
    }


def searches() -> dict[str, str]:
    """What was typed into the search fields of this session."""
    found: dict[str, str] = st.session_state.setdefault(SEARCHES, {})
    return found


def _changed() -> None:
    change = (st.session_state.get(KEY) or {}).get("changed")
    if not isinstance(change, dict) or change.get("name") not in address.PARAMETERS:
        return
    if isinstance(change.get("search"), str):
        searches()[change["name"]] = change["search"][: address.MOST_CHARACTERS].strip()
        return
    if "add" in change:
        searches().pop(change["name"], None)
    state.put(applied(state.look(), change))


def applied(look: address.Look, change: Mapping[str, Any]) -> address.Look:
    """The state after a change: ``name`` with one value to ``add`` or ``drop``, or all its values to ``set``.

    What an address could not hold changes nothing.
    """
    name = change["name"]
    one = address.PARAMETERS[name]
    now = one.write(getattr(look if one.of_look else look.ask, one.field))
    values = [] if now == ["any"] else list(now)
    if "set" in change:
        values = [str(value) for value in change["set"]]
    elif "add" in change:
        values = [*values, str(change["add"])]
    else:
        values = [value for value in values if value != str(change.get("drop"))]
    if not values and name == "status":
        values = ["any"]
    params = {key: value for key, value in address.write(look).items() if key != name}
    found, complaints = address.read(params | ({name: values} if values else {}))
    return look if complaints else found


def clearing() -> None:
    """The button that takes all filters back."""
    st.button("Clear all filters", key="clear", on_click=clear, icon=":material/filter_alt_off:", width="stretch")


def clear() -> None:
    """Put every filter back to where it starts; the view and how it is drawn stay."""
    searches().clear()
    state.put(address.cleared(state.look()))


class _Sender:
    """Turns counts into the items that the part shows."""

    def __init__(self, answer: Answer, look: address.Look, asked: Mapping[str, str]) -> None:
        self.facets = answer.facets()
        self.answer = answer
        self.look = look
        self.asked = asked
        self.set = address.write(look)

    def active(self, items: Sequence[Json]) -> int:
        """How many parameters of these items are set."""
        names = [one["name"] for item in items for one in item.get("fields", [item])]
        return sum(len(self.set.get(name, ())) for name in names)

    def picks(
        self,
        name: str,
        label: str,
        named: Callable[[str], Named],
        *,
        search: bool = False,
        hint: str = "",
        all_of: Sequence[str] = (),
    ) -> Json:
        """A list of values: those chosen first, then the commonest; ``all_of`` are shown even where none is left."""
        one = address.PARAMETERS[name]
        chosen = one.write(getattr(self.look.ask, one.field))
        counts = {value.value: value.count for value in self.facets.get(one.field, ())}
        wanted = self.asked.get(name, "").lower()
        order = [*chosen, *all_of, *(v for v in counts if v not in chosen)] if not all_of else list(all_of)
        fits = [v for v in order if v in chosen or not wanted or wanted in " ".join(named(v)).lower()]
        shown = fits if all_of or not search else fits[: MOST + len(chosen)]
        values = [[v, layers.clip(named(v).label), counts.get(v, 0), named(v).note, v in chosen] for v in shown]
        found: Json = {"kind": "picks", "name": name, "label": label, "values": values, "more": len(fits) - len(shown)}
        return found | ({"search": self.asked.get(name, ""), "hint": hint} if search else {"title": True})

    def fields(self, *fields: tuple[str, str, str], **more: Any) -> Json:
        """Fields to type into: (parameter, type of input, label)."""
        made = [{"name": n, "type": t, "label": label, "value": (self.set.get(n) or [""])[0]} for n, t, label in fields]
        return {"kind": "inputs", "name": fields[0][0], "fields": [one | more for one in made]}

    def flag(self, name: str, label: str, note: str = "", *, counted: bool = False) -> Json:
        """A switch."""
        found = {"kind": "flag", "name": name, "label": label, "note": note, "value": name in self.set}
        return found | ({"count": self._count(name)} if counted else {})

    def radios(self, name: str, label: str, values: Mapping[str, str]) -> Json:
        """One of several."""
        now = (self.set.get(name) or [next(iter(values))])[0]
        return {"kind": "radios", "name": name, "label": label, "values": list(values.items()), "value": now}

    def parties(self) -> list[Json]:
        """Party, role, and whom it is done to."""
        ids = [one.value for one in self.facets["parties"]]
        called = self.answer.held.parties.labels
        wanted = [*ids, *self.look.ask.parties, *self.look.ask.against]
        found = parties({value: called.get(value, value) for value in wanted})
        named = lambda one: found.get(one) or Named(one)  # noqa: E731
        items = [self.picks("party", "Party", named, search=True, hint="Any party – type a name")]
        items.append(self.radios("role", "Role of that party", ROLES))
        if self.look.ask.parties:
            whom = "By whom" if self.look.ask.role == "target" else "Against whom"
            items.append(self.picks("against", whom, named, search=True, hint=f"{whom} – type a name"))
        return items

    def days(self) -> list[Json]:
        """First and last day, and the day whose knowledge is shown."""
        first, last = bounds(self.answer.held) or (None, None)
        within = {"min": str(first), "max": str(last)} if first else {}
        asked = self.fields(("from", "date", "From"), ("to", "date", "To"), **within)
        return [asked, self.fields(("as-of", "date", "As it was known on"))]

    def places(self) -> list[Json]:
        """Country, province, and the drawn area where there is one."""
        items = [
            self.picks("country", "Country", lambda v: Named(words.country(v) or v), search=True, hint="Any country"),
            self.picks("province", "Province", _province, search=True, hint="Any province"),
        ]
        if self.look.ask.area:
            items.append(self.picks("area", "Drawn area", lambda v: Named("Only within the drawn area")))
        return items

    def toll(self) -> list[Json]:
        """How many were killed, and whether civilians were harmed."""
        range_ = self.fields(
            ("killed-from", "number", "Killed, at least"), ("killed-to", "number", "Killed, at most"), min=0
        )
        return [range_, self.flag("civilians", "Civilians harmed", counted=True)]

    def sure(self) -> list[Json]:
        """Status, grade, exactness, review and history."""
        items = [self.picks("status", "Told as", lambda v: Named(words.STATUS.get(v, v)), all_of=tuple(words.STATUS))]
        if self.facets["grades"]:
            items.append(self.picks("grade", "How well borne out", lambda v: Named(v.replace("_", " ").capitalize())))
        items.append(self.picks("exact", "How exact the place is", lambda v: Named(EXACT[v].capitalize())))
        items.append(self.picks("reviewed", "Looked at", lambda v: Named(REVIEWED.get(v, v))))
        note = "What a report only looks back on"
        return [*items, self.flag("background", "Earlier history too", note, counted=True)]

    def drawing(self) -> list[Json]:
        """How map and list show it."""
        return [
            self.flag("every", "All reports' incidents", "Else each event once, by its leading incident"),
            self.radios("colour", "Colour by", {"type": "Kind of event", "party": "Perpetrator"}),
            self.flag("size", "Larger marks for higher tolls"),
            self.flag("heat", "Heat map"),
            self.radios("base", "Map below", {"outlines": "Outlines", "osm": "Street map", "own": "Own tiles"}),
        ]

    def _count(self, name: str) -> int:
        values: Sequence[Value] = self.facets.get(address.PARAMETERS[name].field, ())
        return values[0].count if values else 0


def parties(found: Mapping[str, str]) -> dict[str, Named]:
    """Party id -> a name that no other of them has, and what it is part of where the registry knows."""
    known = vocabulary.lineage()
    labels = {party: layers.clip(known.names.get(party, name)) for party, name in found.items()}
    uses = Counter(labels.values())
    return {
        party: Named(label if uses[label] == 1 else f"{label} [{party}]", _above(party))
        for party, label in labels.items()
    }


def _above(party: str) -> str:
    known = vocabulary.lineage()
    above = known.ancestors.get(party, frozenset())
    nearest = [one for one in sorted(above) if not any(one in known.ancestors.get(other, ()) for other in above)]
    return f"part of {', '.join(known.names[one] for one in nearest)}" if nearest else ""


def _province(value: str) -> Named:
    country, _, name = value.partition("/")
    return Named(name, words.country(country) or "")
