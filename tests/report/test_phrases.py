"""By hand: names of documents, ranges and windows as every chapter writes them."""

from __future__ import annotations

import pytest

from violence_stats.figures import Source
from violence_stats.months import parse_window
from violence_stats.report.story.appendix import days_in_iso
from violence_stats.report.story.phrases import between, document_link


def source(title: str, url: str = "https://www.example.org/a/b", date: str = "2020-07-08") -> Source:
    return Source(source_id="one", url=url, title=title, date=date)


@pytest.mark.parametrize(
    ("title", "date", "shown"),
    [
        ("Murders fall (AP)", "2020-07-08", "Murders fall (AP), 2020-07-08"),
        ("Katz (2016), Gang truce", "2016-06-01", "Katz (2016), Gang truce"),
        ("Murders fall (AP)", "", "Murders fall (AP)"),
        ("[from the address] primer-semestre", "", "primer-semestre"),
        ("", "2020-07", "www.example.org (without a title), 2020-07"),
    ],
)
def test_a_document_goes_by_its_title_and_date(title: str, date: str, shown: str) -> None:
    link = document_link(source(title, date=date), "en")
    assert link.text == shown
    assert link.url == "https://www.example.org/a/b"


def test_a_document_without_title_and_address_goes_by_its_id() -> None:
    assert document_link(source("", url="", date=""), "es").text == "one (sin título)"


def test_a_range_that_prints_as_one_value_is_one() -> None:
    assert between("591", "591", "en") == "591"
    assert between("585", "586", "en") == "585 to 586"
    assert between("585", "586", "es") == "585 a 586"


@pytest.mark.parametrize(
    ("window", "shown"),
    [
        ("2020-06", "2020-06"),
        ("2020-H1", "2020-H1"),
        (("2011-01", "2011-08"), "2011-01/08"),
        (("2020-01-01", "2020-10-25"), "2020-01-01/10-25"),
        (("2019-12", "2020-01"), "2019-12/2020-01"),
        (("2019-12-31", "2020-01-01"), "2019-12-31/2020-01-01"),
        ("2020-04-24", "2020-04-24"),
    ],
)
def test_a_window_in_iso_form_leaves_out_a_year_said_already(window: str | tuple[str, str], shown: str) -> None:
    assert days_in_iso(parse_window(window)) == shown
