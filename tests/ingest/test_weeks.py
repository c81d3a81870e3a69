"""Weeks: numbered in two ways, dated by their first or last day, and what other dates that lie apart stand for.

Kinds of test: by hand (calendars of 2020 and 2024, written beside); brute force (every week of the calendar's own
numbering).
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from tests.ingest.spreadsheets import xlsx
from violence_stats.errors import DataError, SelectionError, WindowError
from violence_stats.ingest.weeks import n_weeks, week_window

FIVE = (7, 3, 8, 5, 6)
"""Counts of the first five weeks of 2024. By ISO they begin on 1 January, epidemiological ones on 31 December."""


def labelled(*labels: str, heading: str = "Semana", sign: str = ";") -> str:
    return "\n".join([f"{heading}{sign}Casos", *(f"{a}{sign}{n}" for a, n in zip(labels, FIVE, strict=False))]) + "\n"


def test_iso_weeks_are_those_of_the_calendar() -> None:
    for year in range(1990, 2050):
        for week in (1, 26, n_weeks(year, "iso")):
            window = week_window(year, week, "iso")
            assert (window.start.isocalendar()[:2], window.start.isoweekday(), window.n_days) == ((year, week), 1, 7)


def test_epidemiological_weeks_tile_the_years_from_sunday() -> None:
    """MMWR 2020 has 53 weeks and begins on 29 December 2019; 2024 begins on 31 December 2023."""
    assert week_window(2020, 1, "epidemiological").start == date(2019, 12, 29)
    assert week_window(2024, 1, "epidemiological").start == date(2023, 12, 31)
    due = week_window(1990, 1, "epidemiological").start
    for year in range(1990, 2050):
        for week in range(1, n_weeks(year, "epidemiological") + 1):
            window = week_window(year, week, "epidemiological")
            assert (window.start, window.start.isoweekday()) == (due, 7)
            due = window.end + timedelta(days=1)
        assert sum(due - timedelta(days=k) >= date(year + 1, 1, 1) for k in range(1, 5)) <= 3


@pytest.mark.parametrize(
    "content",
    [
        labelled("2024-W01", "2024-W02", "2024-W03", "2024-W04", "2024-W05"),
        labelled("2024W1", "2024W2", "2024W3", "2024W4", "2024W5", heading="periodo"),
        "Casos por semana;;;;;\nSemana;2024-W01;2024-W02;2024-W03;2024-W04;2024-W05\nTotal;7;3;8;5;6\n",
    ],
)
def test_weeks_written_as_iso_need_no_word(content: str, write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", content))
    assert reading.series.values.tolist() == list(FIVE)
    assert [str(one) for one in reading.series.windows[:2]] == ["2024-01-01/2024-01-07", "2024-01-08/2024-01-14"]
    assert {one.n_days for one in reading.series.windows} == {7}
    assert "numbered weeks" in reading.report.layout


NUMBERED = {
    "a title's year": "Homicidios 2024;\n" + labelled(*(f"Semana {k}" for k in range(1, 6)), heading="Periodo"),
    "SE": labelled(*(f"SE {k:02d}/2024" for k in range(1, 6))),
    "sem., the first two of which may be halves": labelled(*(f"Sem. {k} 2024" for k in range(1, 6))),
    "bare numbers beside a year": "Año;Semana epidemiológica;Casos\n"
    + "".join(f"2024;{k};{n}\n" for k, n in enumerate(FIVE, 1)),
    "bare numbers under a title's year": "Año 2024;\n" + labelled(*map(str, range(1, 6)), heading="SE"),
    "years across": "Semana;2023;2024\n" + "".join(f"{k};{n + 1};{n}\n" for k, n in enumerate(FIVE, 1)),
    "six digits": labelled(*(f"20240{k}" for k in range(1, 6)), heading="Año-Semana"),
    "year and number": labelled(*(f"2024-{k}" for k in range(1, 6)), heading="Semana"),
    "across, below the word": "2024;;;;;\n;Semana epidemiológica;;;;\nDepto;1;2;3;4;5\nPaís;7;3;8;5;6\n",
    "with a sum": "2024;\n" + labelled(*(f"Semana {k}" for k in range(1, 6))) + "Total;29\n",
    "beside months": "Año;Mes;Semana;Casos\n"
    + "".join(f"2024;{'Enero' if k < 5 else 'Febrero'};{k};{n}\n" for k, n in enumerate(FIVE, 1)),
}


@pytest.mark.parametrize("form", NUMBERED)
def test_numbered_weeks_are_asked_about_and_read_as_told(form: str, write_file: WriteFile) -> None:
    path = write_file("t.csv", NUMBERED[form])
    if form != "beside months":
        with pytest.raises(DataError, match=r"pass weeks='iso' .* weeks='epidemiological' for weeks from Sunday"):
            vs.read_counts(path)
    for system, first in (("iso", "2024-01-01/2024-01-07"), ("epidemiological", "2023-12-31/2024-01-06")):
        series = vs.read_counts(path, weeks=system).series  # type: ignore[arg-type]
        assert series.values.tolist()[-5:] == list(FIVE)
        assert str(series.windows[-5]) == first


def test_a_total_of_weeks_is_checked(write_file: WriteFile) -> None:
    path = write_file("t.csv", NUMBERED["with a sum"].replace("29", "30"))
    with pytest.raises(DataError, match="prints 30 but B3:B7 sum to 29"):
        vs.read_counts(path, weeks="iso")


def test_week_53_only_where_the_year_has_one(write_file: WriteFile) -> None:
    """2020 has 53 weeks both ways; 2023 has 52; 2026 has 53 by ISO only."""
    lines = "Semana;2020;2023\n51;4;5\n52;6;7\n53;8;{}\n"
    path = write_file("t.csv", lines.format(9))
    with pytest.raises(DataError, match=r"cell A4: expected one of the 52 ISO weeks of 2023 beside C4, got '53'"):
        vs.read_counts(path, weeks="iso")
    for blank in ("", "-"):
        series = vs.read_counts(write_file("t.csv", lines.format(blank)), weeks="iso").series
        assert str(series.windows[2]) == "2020-12-28/2021-01-03"
        assert series.n_windows == 5
    other = write_file("u.csv", "Semana;Casos\n2026-52;4\n2026-53;5\n")
    assert vs.read_counts(other, weeks="iso").series.n_windows == 2
    with pytest.raises(DataError, match="pass weeks='iso' if that is how"):
        vs.read_counts(other, weeks="epidemiological")


def test_weeks_that_run_into_the_next_year_under_one_are_refused(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Semana;2024\nSemana 51;4\nSemana 52;5\nSemana 1;6\n")
    with pytest.raises(DataError, match="cell A4: expected weeks in the order of one year"):
        vs.read_counts(path, weeks="iso")


def test_weeks_to_date_begin_with_week_1(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Semana;Acumulado 2024\nSE 1;7\nSE 2;10\nSE 3;18\n")
    series = vs.read_counts(path, weeks="epidemiological").series
    assert series.values.tolist() == [7, 3, 8]
    assert str(series.windows[0]) == "2023-12-31/2024-01-06"


def test_weeks_by_first_and_last_day(write_file: WriteFile) -> None:
    dates = [date(2024, 1, 1) + timedelta(days=7 * k) for k in range(5)]
    bare = xlsx([["Fecha", "Casos"], *zip(dates, FIVE, strict=True)])
    path = write_file("t.xlsx", bare)
    with pytest.raises(DataError, match=r"A2:A6 stand for, which lie seven days apart; pass dates= .*'week-starts'"):
        vs.read_counts(path)
    starts = vs.read_counts(path, dates="week-starts").series
    assert (str(starts.windows[0]), starts.n_windows) == ("2024-01-01/2024-01-07", 5)
    assert str(vs.read_counts(path, dates="week-ends").series.windows[0]) == "2023-12-26/2024-01-01"
    assert str(vs.read_counts(path, dates="days").series.windows[0]) == "2024-01-01"
    told = write_file("u.xlsx", xlsx([["Inicio de semana", "Casos"], *zip(dates, FIVE, strict=True)]))
    assert vs.read_counts(told).series.windows == starts.windows
    assert any("week starts" in one for one in vs.read_counts(told).report.guesses)


@pytest.mark.parametrize(
    "content",
    [
        "Periodo;Casos\n01/01/2024 al 07/01/2024;7\n08/01/2024 - 14/01/2024;3\n",
        "Periodo;Casos\nDel 1 al 7 de enero de 2024;7\n8-14 ene 2024;3\n",
        "Periodo;Casos\n1 enero al 7 enero 2024;7\n2024-01-08 a 2024-01-14;3\n",
        "Semana;Del;Al;Casos\n1;01/01/2024;07/01/2024;7\n2;08/01/2024;14/01/2024;3\n",
    ],
)
def test_weeks_by_both_days_need_no_word(content: str, write_file: WriteFile) -> None:
    series = vs.read_counts(write_file("t.csv", content)).series
    assert [(str(one.window), one.value) for one in series] == [
        ("2024-01-01/2024-01-07", 7),
        ("2024-01-08/2024-01-14", 3),
    ]


@pytest.mark.parametrize("label", ["7 al 1 de enero de 2024", "31/04/2024 al 07/05/2024", "1 al 7 de enero"])
def test_spans_of_days_that_are_none_are_refused(label: str, write_file: WriteFile) -> None:
    with pytest.raises(DataError):
        vs.read_counts(write_file("t.csv", f"Periodo;Casos\n{label};7\n8 al 14 de enero de 2024;3\n"))


@pytest.mark.parametrize(
    ("dates", "mean", "windows"),
    [
        (("31/03/2020", "30/06/2020"), "quarters", ["2020-01/2020-03", "2020-04/2020-06"]),
        (("31/12/2019", "31/12/2020"), "years", ["2019", "2020"]),
        (("15/01/2020", "15/02/2020"), "months", ["2020-01", "2020-02"]),
    ],
)
def test_dates_that_lie_apart_are_asked_about(
    dates: tuple[str, str], mean: str, windows: list[str], write_file: WriteFile
) -> None:
    """A quarter's count is not the count of its last month, nor of its last day."""
    path = write_file("t.csv", "Fecha;Casos\n" + "".join(f"{one};{40 + k}\n" for k, one in enumerate(dates)))
    with pytest.raises(DataError, match=rf"pass dates= .*'{mean}'"):
        vs.read_counts(path)
    series = vs.read_counts(path, dates=mean).series  # type: ignore[arg-type]
    assert [str(one) for one in series.windows] == windows


@pytest.mark.parametrize("option", [{"weeks": "iso"}, {"dates": "weeks"}, {"weeks": "monday"}, {"dates": "days"}])
def test_options_that_do_not_apply_are_refused(option: dict[str, str], write_file: WriteFile) -> None:
    path = write_file("t.csv", "Mes;2024\nEnero;5\nFebrero;6\n")
    with pytest.raises(SelectionError, match=r"leave it out|expected one of"):
        vs.read_counts(path, **option)  # type: ignore[arg-type]


def test_days_beside_the_number_of_their_week_are_days(write_file: WriteFile) -> None:
    content = "Fecha;Semana;Casos\n01/02/2024;5;3\n02/02/2024;5;4\n03/02/2024;5;1\n"
    assert [str(one) for one in vs.read_counts(write_file("t.csv", content)).series.windows][:1] == ["2024-02-01"]


def test_halves_stay_halves(write_file: WriteFile) -> None:
    series = vs.read_counts(write_file("t.csv", "Periodo;2024\nSem 1;60\nSem 2;70\n")).series
    assert [str(one) for one in series.windows] == ["2024-H1", "2024-H2"]


def test_a_model_takes_weeks_and_a_month_that_cuts_one_is_refused(write_file: WriteFile) -> None:
    """104 weeks at 20, half of that from the 53rd on: the step is a rate ratio of about a half."""
    lines = [
        f"{date.fromisocalendar(2023 + k // 52, k % 52 + 1, 1):%G-W%V};{(20, 10)[k >= 52] + k % 3}" for k in range(104)
    ]
    series = vs.read_counts(write_file("t.csv", "Semana;Casos\n" + "\n".join(lines) + "\n")).series
    with pytest.raises(WindowError, match=r"2024-06.*2024-05-27/2024-06-02"):
        series.total("2024-06")
    model = vs.InterruptedTimeSeries(interventions=[vs.Step("2024-01")], trend=None, family="quasi-poisson")
    effect = model.fit(series).effects.loc["step 2024-01"]
    assert effect["rate_ratio"] == pytest.approx(11 / 21, rel=0.02)  # counts of 20 to 22 before, 10 to 12 after
