"""What a case may say about evidence: read with its types, refused where misspelt, empty where left out (by hand)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ledger.conftest import SETTINGS, WriteCase
from violence_stats.errors import DataError, SelectionError
from violence_stats.ledger.case import load_case
from violence_stats.ledger.settings import EvidenceSettings, Narrowing, Places

EVIDENCE = """
[evidence]
other_crime = ["thefts", "robberies"]
enforcement = ["arrests"]
disappearances = "missing"
recording_breaks = [{ date = 2001-03-10, name = { en = "a law", es = "una ley" }, sources = ["new-law"] }]
left_out = ["clashes"]
narrowings = [{ narrow = "narrow", full = "all" }]

[evidence.places]
area = "North"
"""


def test_the_settings_of_the_evidence_are_read(write_case: WriteCase) -> None:
    found = load_case(write_case({"case.toml": SETTINGS + EVIDENCE})).settings.evidence
    assert found.other_crime == ("thefts", "robberies")
    assert found.enforcement == ("arrests",)
    assert found.disappearances == "missing"
    assert found.recording_breaks[0].date == date(2001, 3, 10)
    assert found.places == Places(area="North", selection=None)
    assert found.left_out == ("clashes",)
    assert found.narrowings == (Narrowing(narrow="narrow", full="all"),)


def test_a_case_may_say_nothing_of_evidence(write_case: WriteCase) -> None:
    assert load_case(write_case()).settings.evidence == EvidenceSettings()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('other_crime = ["thefts", "robberies"]', "other_crimes = []", "evidence other_crimes: no such setting"),
        ('disappearances = "missing"', "disappearances = 3", "evidence disappearances: expected a text"),
        ('sources = ["new-law"] }]\nleft', 'sources = ["unknown"] }]\nleft', "evidence recording_breaks: no event"),
        ('area = "North"', 'area = "North"\nchosen = true', "evidence places chosen: no such setting"),
    ],
)
def test_a_fault_in_them_is_named(write_case: WriteCase, old: str, new: str, message: str) -> None:
    folder = write_case({"case.toml": SETTINGS + EVIDENCE.replace(old, new)})
    with pytest.raises(DataError, match=message):
        load_case(folder)


def test_an_episode_is_found_by_its_id_or_its_intervention(write_case: WriteCase) -> None:
    settings = load_case(write_case()).settings
    assert settings.episode("law") is settings.episode("2001-03")
    with pytest.raises(SelectionError, match=r"expected one of 2001-03 \(law\)"):
        settings.episode("2001-04")


def test_the_deaths_of_a_burst_may_come_from_its_events(write_case: WriteCase) -> None:
    burst = """
[[bursts]]
id = "spring"
window = ["2001-03-10", "2001-03-11"]
name = { en = "Spring", es = "Primavera" }
label = { en = "spring", es = "primavera" }
sources = ["new-law"]
deaths = 7
"""
    assert load_case(write_case({"case.toml": SETTINGS + burst})).settings.bursts[0].deaths == 7
    assert load_case(write_case()).settings.bursts == ()
