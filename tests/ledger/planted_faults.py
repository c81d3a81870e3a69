"""Edits of the sound case, each with the fault that it has to give."""

from __future__ import annotations

from dataclasses import dataclass

from violence_stats.ledger.faults import Check


@dataclass(frozen=True, kw_only=True)
class Plant:
    """One edit of one file of the sound case, and the fault that it has to give."""

    name: str
    file: str
    old: str
    new: str
    check: Check
    row: int | None
    words: str
    found_in: str = ""
    n_faults: int = 1


def figures(name: str, old: str, new: str, check: Check, row: int, words: str, n_faults: int = 1) -> Plant:
    return Plant(name=name, file="figures.csv", old=old, new=new, check=check, row=row, words=words, n_faults=n_faults)


def chain(name: str, old: str, new: str, check: Check, row: int, words: str, n_faults: int = 1) -> Plant:
    return Plant(name=name, file="chain.csv", old=old, new=new, check=check, row=row, words=words, n_faults=n_faults)


# A row that stands at line 16, after the last figure.
END = "2002-06-04,published,high,book-2002,\n"
PLANTS = (
    figures(
        "column missing", "quality,source_id", "grade,source_id", "schema", 1, "missing 'quality'; unknown 'grade'"
    ),
    figures("cell too many", "2001-02-03,", "2001-02-03,,", "schema", 2, "expected 14 cells on one line, got 15"),
    figures("not allowed", "thefts,2001-05-01", "theft,2001-05-01", "schema", 10, "one of homicides"),
    figures("required", "120,all,PNC", "120,all,", "schema", 7, "expected a value, got ''"),
    figures("pattern", "F0010", "X0010", "schema", 11, "of the form F[0-9]{4}"),
    figures("not a day", "2001-05-20,30", "2001-05-32,30", "date", 11, "a day that exists"),
    figures("not ISO", "2001-05-20,30", "20010520,30", "date", 11, "YYYY-MM-DD, got '20010520'"),
    figures(
        "reported on no day", "30,,PNC,2001-06-04", "30,,PNC,2001-13", "date", 11, "YYYY-MM or YYYY, got '2001-13'"
    ),
    figures("negative", "2001-05-20,30", "2001-05-20,-30", "count", 11, "a whole number of 0 or more, got '-30'"),
    figures("fractional", "2001-05-20,30", "2001-05-20,30.5", "count", 11, "got '30.5'"),
    figures("duplicate id", "F0010", "F0009", "duplicate-id", 11, "'F0009' as on line 10"),
    figures(
        "unknown source",
        "30,,PNC,2001-06-04,published,high,paper-2001",
        "30,,PNC,2001-06-04,published,high,nowhere",
        "source",
        11,
        "an id that sources.csv has, got 'nowhere'",
    ),
    figures(
        "reversed", "2001-05-10,2001-05-20", "2001-05-20,2001-05-10", "window", 11, "got 2001-05-20 and 2001-05-10"
    ),
    figures(
        "duplicate figure",
        END,
        END + "F0015,SLV,,thefts,2001-05-10,2001-05-20,30,,PNC,2001-06-05,preliminary,low,paper-2001,again\n",
        "duplicate-figure",
        16,
        "F0015 repeats F0010 on line 11",
    ),
    figures(
        "reported early", "2002-02-12", "2002-02-09", "reported", 7, "on or after the window's last day 2002-02-10"
    ),
    figures(
        "note repeats",
        "2002-02-01,published,high,book-2002,",
        "2002-02-01,published,high,book-2002,(2001)",
        "note",
        5,
        "note '(2001)' repeats the window",
    ),
    figures(
        "note contradicts",
        "2002-02-01,published,high,book-2002,",
        "2002-02-01,published,high,book-2002,2001..2003",
        "note",
        5,
        "gives the window 2001-01/2003-12, the columns give 2001",
    ),
    figures(
        "tie",
        END,
        END + "F0015,SLV,,thefts,2001-05-10,2001-05-20,31,,PNC,2001-06-04,published,high,book-2002,\n",
        "tie",
        16,
        "F0010 F0015: expected one latest figure for SLV thefts PNC",
    ),
    figures(
        "vintages apart",
        END,
        END + "F0015,SLV,,thefts,2001-05-10,2001-05-20,41,,PNC,2001-07,published,high,book-2002,\n",
        "vintages",
        11,
        "F0010 F0015: expected vintages of SLV thefts PNC",
    ),
    figures("inside", "2001-05-20,30", "2001-05-20,701", "inside", 10, "F0009 F0010: expected at least the 701"),
    figures(
        "year to date", "2002-02-20,150", "2002-02-20,119", "year-to-date", 8, "F0006 F0007: expected at least the 120"
    ),
    chain(
        "gap",
        "2001-03-01,2001-12-31,990,published,PNC,all,F0003\n",
        "",
        "chain",
        4,
        "starts on 2001-03-01, got 2002-01-01",
    ),
    chain(
        "overlap", "2001-12-31,990", "2002-01-02,990", "chain", 5, "starts on 2002-01-03, got 2002-01-01", n_faults=2
    ),
    chain(
        "wrong value",
        "2001-02-28,110",
        "2001-02-28,111",
        "arithmetic",
        3,
        "comes out at 110, but value is 111",
        n_faults=2,
    ),
    chain(
        "not arithmetic", "F0002 - F0001", "F0002 -- F0001", "arithmetic", 3, "is not arithmetic on figures", n_faults=2
    ),
    chain("unknown figure", "all,F0005", "all,F9005", "arithmetic", 5, "figures.csv has, got F9005"),
    chain("wrong days", "2002-01-31,90", "2002-01-30,90", "arithmetic", 5, "(+ 2002-01) do not give"),
    chain(
        "wrong label",
        "PNC,all,F0005",
        "IML,all,F0005",
        "arithmetic",
        5,
        "figures that enter give 'PNC', got 'IML'",
    ),
    chain(
        "disputed input",
        "100,published,PNC,all,F0001",
        "999,disputed,PNC,all,F0008",
        "arithmetic",
        2,
        "F0008 is disputed",
        n_faults=3,
    ),
    chain(
        "another measure",
        "PNC,all,F0005",
        "PNC,all,F0009",
        "arithmetic",
        5,
        "F0009 counts thefts in SLV, not",
        n_faults=4,
    ),
    Plant(
        name="annual sum",
        file="figures.csv",
        old="1200,all",
        new="1201,all",
        check="annual-sum",
        row=4,
        words="sum to 1200, the nearest published annual count is 1201",
        found_in="chain.csv",
    ),
    Plant(
        name="idle tolerance",
        file="case.toml",
        old="[ties]",
        new='annual_sums = [{ year = 2001, tolerance = 3, reason = { en = "why", es = "por qué" } }]\n[ties]',
        check="annual-sum",
        row=None,
        words="accepts a distance of 3 for 2001",
    ),
    Plant(
        name="correction without figure",
        file="corrections.csv",
        old="F0006",
        new="F0099",
        check="correction",
        row=2,
        words="no such figure",
        n_faults=2,
    ),
    Plant(
        name="correction overtaken",
        file="figures.csv",
        old="2002-02-12,published,high,book-2002,",
        new="2002-02-12,published,high,book-2002,in part",
        check="correction",
        row=2,
        words="expects note to be '', but figures.csv row 7 has 'in part'",
        found_in="corrections.csv",
    ),
    Plant(
        name="idle acceptance",
        file="figures.csv",
        old="2001-05-31,42",
        new="2001-05-31,40",
        check="known-conflict",
        row=2,
        words="expected a finding of 'tie' on F0011 F0012, found none",
        found_in="known_conflicts.csv",
    ),
    Plant(
        name="acceptance without reason",
        file="known_conflicts.csv",
        old="the book counts a day more",
        new="",
        check="schema",
        row=2,
        words="expected a value",
        n_faults=2,
    ),
    Plant(
        name="acceptance of what must be right",
        file="known_conflicts.csv",
        old="tie,F0011 F0012,",
        new="chain,F0001,it is so\ntie,F0011 F0012,",
        check="schema",
        row=2,
        words="one of reported, tie",
        n_faults=2,
    ),
    Plant(
        name="duplicate year",
        file="population.csv",
        old="2002",
        new="2001",
        check="duplicate-id",
        row=3,
        words="country and year to stand once, got 'SLV 2001'",
    ),
    Plant(
        name="half a window",
        file="published_effects.csv",
        old="2001-01-01,2001-12-31,rate_ratio",
        new="2001-01-01,,rate_ratio",
        check="window",
        row=2,
        words="start and end, or neither",
    ),
    Plant(
        name="not a number",
        file="published_effects.csv",
        old="0.8",
        new="0.8x",
        check="schema",
        row=2,
        words="column estimate: expected a number, got '0.8x'",
    ),
    Plant(
        name="out of bounds",
        file="reported_changes.csv",
        old=",10,PNC",
        new=",-110,PNC",
        check="schema",
        row=2,
        words="a number of -100 or more, got '-110'",
    ),
    Plant(
        name="settings",
        file="case.toml",
        old='country = "SLV"',
        new="",
        check="settings",
        row=None,
        words="case.toml, country: expected a value, got nothing",
    ),
    Plant(
        name="package",
        file="datapackage.json",
        old='"title": "Published figures"',
        new='"path": null',
        check="package",
        row=None,
        words="not of the expected form (TypeError",
    ),
)
