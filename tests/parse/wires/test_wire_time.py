"""That hostile text costs no more than its length."""

from time import process_time

import pytest

from monitor.parse.wires.wire import LONGEST, read_wire
from tests.parse.wires.wire_reading import LEAD

LIKELY = [" ", "1", "-", "(ANP) - ", "4 uur geleden", "4 uur geleden\n", "MOSKOU (ANP) - x. ", "A\n", "Ja. "]
UNLIKELY = [
    *("\u00a0", "\n", "\r", ".", "(", " - ", "– ", "1 ", "4 ", "4 u", "date 2", "date 1-"),
    *("date 1 mei ", "een ", "een paar ", "enkele ", "2u ", "2 uur en ", "2u 5m geleden", "zojuist", "nu "),
    *('."', ".“", ". A", "A ", "A A A A ", "MOSKOU/", "MOSKOU ", "MOSKOU - ", "VS - ", "(ANP) -"),
    *("(ANP/", "(ANP en ", "MOSKOU (ANP) - ", "X (ANP", "MOSKOU (ANP) - x\n", "MOSKOU (ANP): "),
    *("Gent (XYZ) - De.\n", "4 uur geleden ", ". 4 uur geleden"),
    *("x. 4 uur geleden MOSKOU (ANP) - y. ", "4 uur geledenMOSKOU (ANP) - a.", "Kop\n4 uur\n", "Ja. Nee. "),
    *("Meer uit X\n", "Meer uit ", "Meer uit ‘", "LEES OOK\n", "LEES OOK. ", "LEES OOK \n ", "KIJK. "),
    *("KIJK.\n", "Kop:\n", "(+)"),
]
BEFORE = ["", f"Kop\nMOSKOU (ANP) - {LEAD}\nMeer uit X\nPARIJS (ANP) - x\n"]


def fastest(text: str) -> float:
    """Return the processor's seconds that it takes to read a text: the least of two goes."""
    times = []
    for _ in range(2):
        start = process_time()
        read_wire(text)
        times.append(process_time() - start)
    return min(times)


def growth(before: str, unit: str) -> float:
    """Return how many times as long the longest text takes as one a quarter of its length.

    That is 4 if time is in proportion to length, 16 if each character looks at all the others. A short time is
    mostly noise, and counts as 4 ms.
    """
    read_wire(unit)
    small, large = ((before + unit * size)[:size] for size in (LONGEST // 4, LONGEST))
    return fastest(large) / max(fastest(small), 0.004)


@pytest.mark.parametrize("before", BEFORE, ids=["alone", "in a sidebar"])
@pytest.mark.parametrize("unit", LIKELY)
def test_hostile_text_takes_time_in_proportion_to_its_length(before: str, unit: str) -> None:
    assert growth(before, unit) < 9


@pytest.mark.slow
@pytest.mark.parametrize("before", BEFORE, ids=["alone", "in a sidebar"])
@pytest.mark.parametrize("unit", UNLIKELY)
def test_so_does_text_of_any_other_kind(before: str, unit: str) -> None:
    assert growth(before, unit) < 9
