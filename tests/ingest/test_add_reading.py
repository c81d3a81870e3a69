"""A file that was read, written into a case: all of it or nothing, and an updated file as a new vintage.

Kinds of test: by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from violence_stats.errors import DataError
from violence_stats.ledger.additions import Addition


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return vs.new_case(tmp_path / "my-case", country="HND").folder


def take(case: Path, file: Path, **told: str) -> Addition:
    labels = {"country": "HND", "measure": "homicides", "publisher": "POL", "definition": "all", **told}
    accept = labels.pop("accept", "")
    return vs.add_reading(case, vs.read_counts(file), vs.LedgerLabels(**labels), accept=accept)


def test_counts_to_date_become_the_windows_between_them(case: Path, write_file: WriteFile) -> None:
    """Accumulated 100, 210, 330: 100, 110 and 120 a month."""
    file = write_file("acumulado.csv", "Mes;Acumulado 2024\nEnero;100\nFebrero;210\nMarzo;330\n")
    take(case, file, reported="2024-04-02")
    assert [one.value for one in vs.load_homicides(case)] == [100, 110, 120]
    assert vs.verify_case(case).ok


def test_an_updated_file_is_a_new_vintage_and_continues_the_chain(case: Path, write_file: WriteFile) -> None:
    """The second file gives February 242 instead of 240, and March for the first time."""
    take(case, write_file("enero-febrero.csv", "Mes,2024\nEnero,250\nFebrero,240\n"), reported="2024-03-02")
    update = write_file("enero-marzo.csv", "Mes,2024\nEnero,250\nFebrero,242\nMarzo,260\n")
    added = take(case, update, reported="2024-04-02")
    assert vs.verify_case(case).ok
    assert [(one.other_value, one.value, one.why) for one in added.conflicts] == [(240, 242, "another vintage")]
    assert [one.value for one in vs.load_homicides(case)] == [250, 240, 260]
    latest = vs.load_homicides(case, publisher="POL")
    assert [one.value for one in latest] == [250, 242, 260]
    known_in_march = vs.load_homicides(case, publisher="POL", as_of="2024-03-31")
    assert [one.value for one in known_in_march] == [250, 240]


def test_a_revision_too_large_to_be_one_is_asked_about(case: Path, write_file: WriteFile) -> None:
    take(case, write_file("a.csv", "Mes,2024\nEnero,250\nFebrero,240\n"), reported="2024-03-02")
    update = write_file("b.csv", "Mes,2024\nEnero,350\nFebrero,240\n")
    with pytest.raises(DataError, match=r"vintages  F0001 F0003.*--accept"):
        take(case, update, reported="2024-04-02")
    added = take(case, update, reported="2024-04-02", accept="bodies were identified later")
    assert [one["check"] for one in added.accepted] == ["vintages"]
    assert vs.verify_case(case).ok


def test_a_file_with_a_gap_gives_the_chain_its_longest_run(case: Path, write_file: WriteFile) -> None:
    file = write_file("hueco.csv", "mes,homicidios\nene-24,250\nmar-24,240\nabr-24,230\n")
    added = take(case, file)
    assert [one["start"] for one in added.chain] == ["2024-03-01", "2024-04-01"]
    (note,) = added.notes
    assert note.startswith(
        "the reference chain has no gap, so 1 window stays out of it (2024-01); add the days between"
    )


def test_the_same_file_is_refused_whole(case: Path, write_file: WriteFile) -> None:
    file = write_file("a.csv", "Mes,2024\nEnero,250\nFebrero,240\n")
    take(case, file, title="A bulletin", reported="2024-03-02")
    with pytest.raises(DataError, match=r"figures\.csv row 2, F0001, holds it already"):
        take(case, file, reported="2024-03-02")


def test_another_file_of_the_same_name_needs_an_id_of_its_own(case: Path, write_file: WriteFile) -> None:
    take(case, write_file("a.csv", "Mes,2024\nEnero,250\nFebrero,240\n"), reported="2024-03-02")
    update = write_file("a.csv", "Mes,2024\nEnero,250\nFebrero,240\nMarzo,260\n")
    with pytest.raises(DataError, match="has a document a with another date: '2024-03-02', not '2024-04-02'"):
        take(case, update, reported="2024-04-02")
    assert len(take(case, update, reported="2024-04-02", source_id="a-april").figures) == 3
