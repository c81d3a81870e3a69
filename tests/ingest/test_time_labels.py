"""Labels of time in Spanish and English.

Kinds of test: by hand; property (every day survives every way of writing it; no text raises anything unforeseen).
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from violence_stats.ingest.label_marks import label_mark
from violence_stats.ingest.month_names import MONTH_BY_NAME, fold
from violence_stats.ingest.time_labels import DayOrderError, read_time_label, serial_day

SPANISH = ("enero", "feb", "Marzo", "abr.", "MAYO", "jun", "Jul.", "agosto", "setiembre", "oct", "nov", "dic")


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("31-ene-20", "2020-01-31"),
        ("01/02/2020", "2020-02-01"),
        ("1.2.98", "1998-02-01"),
        ("2020-01-31T10:45:00Z", "2020-01-31"),
        ("31/01/2020 10:45 p.m.", "2020-01-31"),
        ("lunes, 3 de febrero de 2020", "2020-02-03"),
        ("January 31, 2020", "2020-01-31"),
        ("20200131", "2020-01-31"),
        ("ene-20", "2020-01"),
        ("Enero de 2020", "2020-01"),
        ("Sept. 2020", "2020-09"),
        ("2020-Set", "2020-09"),
        ("2020M03", "2020-03"),
        ("03/2020", "2020-03"),
        ("Ene-Mar 2020", "2020-01/2020-03"),
        ("enero a junio de 2020", "2020-H1"),
        ("2.º semestre de 2020", "2020-H2"),
        ("Q3 2020", "2020-07/2020-09"),
        ("2020-T4", "2020-10/2020-12"),
        ("Junio 2020 (p)", "2020-06"),
        ("Junio 2020 p/", "2020-06"),
        ("Junio 2020p", "2020-06"),
        ("Mzo. 2020", "2020-03"),
    ],
)
def test_labels_with_a_year(text: str, window: str) -> None:
    label = read_time_label(text)
    assert label is not None
    assert str(label.window) == window


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Junio*", (6, 6)),
        ("junio 1/", (6, 6)),
        ("Junio p/", (6, 6)),
        ("Junio R/", (6, 6)),
        ("SET", (9, 9)),
        ("II trimestre", (4, 6)),
        ("ene-mar", (1, 3)),
    ],
)
def test_labels_without_a_year(text: str, months: tuple[int, int]) -> None:
    label = read_time_label(text)
    assert label is not None
    assert (label.window, label.months) == (None, months)


@pytest.mark.parametrize(
    "text",
    [
        "Total",
        "31/02/2020",
        "marzo-enero 2020",
        "Q5 2020",
        "13/2020",
        "",
        "x" * 500,
        "12",
        "3 trimestre de",
        "Junio x",
        "Junio p/x",
        "Juniop/",
    ],
)
def test_other_text_is_no_label(text: str) -> None:
    assert read_time_label(text) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        *(("Marzo p/", "p/"), ("Marzo p", "p"), ("Marzo (p)", "(p)"), ("Marzo*", "*"), ("Marzo 1/", "1/")),
        *(("Marzo (prel.) **", "(prel.) **"), ("2020p", "p"), ("Marzo", ""), ("Sep", ""), ("2020-03", "")),
    ],
)
def test_the_mark_after_a_label_is_told(text: str, mark: str) -> None:
    assert label_mark(text) == mark
    assert read_time_label(text) is not None


def test_the_other_order_is_told_apart() -> None:
    with pytest.raises(DayOrderError):
        read_time_label("12/25/2020")
    label = read_time_label("12/25/2020", day_first=False)
    assert label is not None
    assert str(label.window) == "2020-12-25"


def test_serial_numbers_of_spreadsheets() -> None:
    assert serial_day(43861) == date(2020, 1, 31)
    assert serial_day(36526) == date(2000, 1, 1)


def test_every_month_has_its_names() -> None:
    assert [MONTH_BY_NAME[fold(name).rstrip(".")] for name in SPANISH] == list(range(1, 13))
    assert sorted(set(MONTH_BY_NAME.values())) == list(range(1, 13))


@given(
    day=st.dates(date(1950, 1, 1), date(2049, 12, 31)),
    form=st.sampled_from(
        [
            "{d:%d/%m/%Y}",
            "{d:%Y-%m-%d}",
            "{d.day}.{d.month}.{d:%y}",
            "{d.day} de {n} de {d.year}",
            "{d:%d}-{n}-{d:%y}",
            "{d:%d/%m/%Y} 23:59",
        ]
    ),
)
def test_every_day_survives_its_writing(day: date, form: str) -> None:
    label = read_time_label(form.format(d=day, n=SPANISH[day.month - 1].rstrip(".")))
    assert label is not None
    assert label.window is not None
    assert (label.window.start, label.window.end) == (day, day)


@given(text=st.text(alphabet="0123456789/-. eneromayjul'12()*a", max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    try:
        read_time_label(text)
    except DayOrderError:
        return
