"""What an incident comes to over several sentences: its totals and its day, on short reports written for this."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.conftest import Read, miss, primary

Pair = tuple[int | None, int | None]

KUNDUZ = """A suicide attacker detonated his explosives inside a mosque in Kunduz during Friday prayers, killing 46
people, a Taliban official said. An official of the health department earlier put the toll at 35."""
ZAMFARA = """Gunmen on motorcycles stormed a village in Zamfara state late Tuesday, killing at least 22 people,
residents said. More than 2,600 people have been killed in the northwest this year, according to ACLED."""
CHHATTISGARH = """Maoist rebels ambushed a police convoy in Chhattisgarh on 3 April, leaving 22 security men dead and 31
injured. In April 2010, Maoists killed 76 policemen in the same region."""
TAME = """Two Colombian soldiers and three ELN guerrillas died in a clash in Tame, the army reported. Four soldiers were
injured. Since January, 31 soldiers have been killed in the department."""
VAVUNIYA = """Tamil Tiger rebels ambushed an army convoy near Vavuniya, killing 18 soldiers, a military spokesman said.
Seven of the attackers died in the gun battle that followed. The Tigers claimed to have killed 40 soldiers and lost two
fighters."""


@pytest.mark.parametrize(
    "text, killed",
    [
        (KUNDUZ, (35, 46)),
        (ZAMFARA, (22, 22)),
        (CHHATTISGARH, (22, 22)),
        (TAME, (5, 5)),
        (VAVUNIYA, (18, 40)),
        ("A bomb in Quetta killed 12 people, including four children. Two of the dead were police officers.", (12, 12)),
    ],
)
def test_killed_of_the_incident(read: Read, text: str, killed: Pair) -> None:
    assert primary(read(text)).killed == killed


@pytest.mark.parametrize(
    "text, start, end",
    [
        ("Insurgents beheaded three men near Ancuabe, police said. The raids took place on Monday.", 14, 14),
        ("Clashes between two clans in Jebel Moon left 17 dead on Monday and Tuesday.", 14, 15),
        ("COLOMBO, June 16 - Rebels ambushed an army convoy near Vavuniya, killing 18 soldiers.", 15, 16),
        miss(
            "Gunmen killed six men in Saada, the army charged on Wednesday. The attack fell on the night before.",
            15,
            15,
            reason="'the night before' is not read",
        ),
    ],
)
def test_day_of_the_incident(read: Read, text: str, start: int, end: int) -> None:
    """Days of June 2021; the reports are of Wednesday the 16th."""
    date = primary(read(text)).date
    assert date is not None
    assert (date.start, date.end) == (dt.date(2021, 6, start), dt.date(2021, 6, end))
