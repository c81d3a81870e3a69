"""Tables whose months are misspelt.

Kinds of test: by hand (the labels are named, and none of them is advised as a series).
"""

from __future__ import annotations

import pytest

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.misspelt import misspelt_months

WRONG = (
    *("Enro", "Febrro", "Marzoo", "Abrill", "Mayoo", "Junioo"),
    *("Juliio", "Agostto", "Setembre", "Octubr", "Novimbre", "Dicembre"),
)
SHOWN = r"'Enro' \(enero\?\), 'Febrro' \(febrero\?\), .* and 8 more; correct them"


def years_down(months: tuple[str, ...]) -> str:
    years = "".join(f"{year};{';'.join('5' for _ in months)}\n" for year in range(2015, 2021))
    return f"Año;{';'.join(months)}\n{years}"


def years_across(months: tuple[str, ...]) -> str:
    return "Mes;2019;2020\n" + "".join(f"{month};5;6\n" for month in months)


@pytest.mark.parametrize("write", [years_down, years_across])
def test_misspelt_months_are_named_and_not_advised_as_series(write_file: WriteFile, write: object) -> None:
    assert callable(write)
    path = write_file("t.csv", write(WRONG))
    with pytest.raises(DataError, match=f"expected one series or a total, .* misspelt months: {SHOWN}") as raised:
        vs.read_counts(path)
    assert "take=" not in str(raised.value)
    with pytest.raises(SelectionError, match=f"take='Enro' looks like a misspelt month in t.csv: {SHOWN}"):
        vs.read_counts(path, take="Enro")


def test_those_of_a_single_year_are_named_too(write_file: WriteFile) -> None:
    text = "Homicidios 2020\n" + "".join(f"{month};5\n" for month in WRONG)
    with pytest.raises(DataError, match=f"got labels that look like misspelt months: {SHOWN}"):
        vs.read_counts(write_file("t.csv", text))


def test_words_that_are_like_one_month_stay_series(write_file: WriteFile) -> None:
    names = ("Mayor", "Menor", "Norte")
    assert not misspelt_months(names)
    with pytest.raises(DataError, match="pass take= with the name of one: 'Mayor', 'Menor', 'Norte'"):
        vs.read_counts(write_file("t.csv", years_down(names)))
    assert vs.read_counts(write_file("u.csv", years_down(names)), take="Mayor").series.total("2015") == 5


def test_every_misspelling_finds_its_month() -> None:
    found = misspelt_months(WRONG)
    assert tuple(found) == WRONG
    assert [name[:3] for name in found.values()] == [
        *("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic"),
    ]
