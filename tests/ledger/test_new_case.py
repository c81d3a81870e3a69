"""Making a case: what lies in it, that it verifies and loads at once, and what is refused.

Kinds of test: by hand.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import violence_stats as vs
from tests.ledger.frictionless import validate
from violence_stats.errors import DataError, OutputError, SelectionError, ViolenceStatsError
from violence_stats.ledger.checksums import read_descriptor
from violence_stats.ledger.tables import COLUMNS

A_SETTING = re.compile(r"^# (?=\[|[A-Za-z]\w* = )", re.MULTILINE)
"""The mark before a setting that is commented out, not before a sentence."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return vs.new_case(tmp_path / "my-case", country="HND").folder


def test_a_new_case_verifies_and_loads(folder: Path) -> None:
    assert vs.verify_case(folder).ok
    case = vs.load_case(folder)
    assert (case.case_id, case.country, case.measure) == ("my-case", "HND", "homicides")
    assert case.settings.title == {"en": "Homicides in Honduras", "es": "Homicidios en Honduras"}
    assert (case.chain, case.events, case.claims, dict(case.ledger.figures)) == ((), (), (), {})


def test_it_holds_the_tables_of_the_shipped_case_with_their_headers_only(folder: Path) -> None:
    shipped = {path.name for path in vs.load_case("SLV").folder.glob("*.csv")}
    assert {path.name for path in folder.glob("*.csv")} == shipped
    for name, columns in COLUMNS.items():
        assert (folder / name).read_text("utf-8") == ",".join(columns) + "\n"


def test_its_package_is_of_the_published_form(folder: Path) -> None:
    validate(read_descriptor(folder))


def test_its_package_describes_every_column_as_the_shipped_one_does(folder: Path) -> None:
    own, shipped = (
        {one["path"]: [field["name"] for field in one["schema"]["fields"]] for one in descriptor["resources"]}
        for descriptor in (read_descriptor(folder), read_descriptor(vs.load_case("SLV").folder))
    )
    assert own == shipped


def test_what_is_commented_out_in_its_settings_can_be_taken_in(folder: Path) -> None:
    added = vs.add_figures(
        folder,
        [vs.NewFigure(window=str(year), value=100 + year, publisher="POL") for year in range(2015, 2025)],
        vs.NewSource(source_id="id-of-the-document", title="A yearbook"),
    )
    assert len(added.chain) == 10
    for name in ("case.toml", "claims.toml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(A_SETTING.sub("", text), encoding="utf-8")
    assert vs.verify_case(folder).summary().startswith("21 rows in 9 tables: no fault")
    settings = vs.load_case(folder).settings
    assert [one.id for one, _ in settings.fitted] == ["2020-07"]
    assert settings.episode("reform").kind == "contested"
    assert [one.claimed_pct for one in vs.load_case(folder).claims] == [-20]


def test_its_readme_names_its_folder_and_commands_that_exist(folder: Path) -> None:
    text = (folder / "README.md").read_text("utf-8")
    assert str(folder) in text
    assert "$" not in text
    for command in ("read", "add", "verify", "series", "claim", "fit", "breaks", "report"):
        assert f"violence-stats {command} " in text


@pytest.mark.parametrize("what", ["series", "claim", "fit", "breaks", "report"])
def test_what_needs_counts_says_what_to_add_first(folder: Path, what: str, tmp_path: Path) -> None:
    ask = {
        "series": lambda: vs.load_homicides(folder),
        "claim": lambda: vs.check_claim(
            vs.load_homicides(folder), window="2020-H1", baseline="2019-H1", claimed_pct=-10
        ),
        "fit": lambda: vs.InterruptedTimeSeries([vs.Step("2020-03")]).fit(vs.load_homicides(folder)),
        "breaks": lambda: vs.find_breaks(vs.load_homicides(folder)),
        "report": lambda: vs.write_report(tmp_path / "reports", case=folder),
    }
    with pytest.raises(DataError, match=r"no count of homicides in HND .* yet: add one with `violence-stats add`"):
        ask[what]()


def test_names_that_are_given_are_taken_in_both_languages(tmp_path: Path) -> None:
    made = vs.new_case(
        tmp_path / "x",
        country="PER",
        name={"en": "Peru", "es": 'Perú "del sur"'},
        measure="femicides",
        measure_name={"en": "femicides", "es": "feminicidios"},
    )
    settings = vs.load_case(made.folder).settings
    assert settings.title == {"en": "Femicides in Peru", "es": 'Feminicidios en Perú "del sur"'}
    assert settings.countries["PER"]["es"] == 'Perú "del sur"'
    assert settings.only_definition() == "all"


def test_codes_stand_in_for_names_that_nobody_gave(tmp_path: Path) -> None:
    made = vs.new_case(tmp_path / "x", country="XYZ", measure="boat_thefts")
    assert "no name is known for XYZ" in made.summary()
    assert vs.new_case(tmp_path / "y", country="HND").notes == ()
    assert vs.new_case(tmp_path / "z", country="XYZ", name="Xyzland").notes == ()
    assert vs.load_case(made.folder).settings.title["en"] == "Boat thefts in XYZ"


def test_an_empty_folder_may_be_there(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert vs.verify_case(vs.new_case(tmp_path / "mine", country="HND").folder).ok


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"holds 'notes\.txt': expected one that is empty"):
        vs.new_case(tmp_path / "mine", country="HND")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="name a folder"):
        vs.new_case(tmp_path / "mine", country="HND")


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"country": "Honduras"}, "country='Honduras': expected an ISO code"),
        ({"country": "HND", "measure": "Homicidios"}, "measure='Homicidios': expected small letters"),
        ({"country": "HND", "title": "two\nlines"}, "expected a name of one line in en"),
        ({"country": "HND", "title": " "}, "expected a name of one line in en"),
    ],
)
def test_names_that_cannot_be_are_refused_before_anything_is_written(
    tmp_path: Path, told: dict[str, str], message: str
) -> None:
    with pytest.raises(SelectionError, match=message):
        vs.new_case(tmp_path / "mine", **told)
    assert list(tmp_path.iterdir()) == []


def test_the_id_of_a_case_that_ships_is_taken(tmp_path: Path) -> None:
    with pytest.raises(ViolenceStatsError, match="folder 'COL': expected a name that no shipped case has"):
        vs.new_case(tmp_path / "COL", country="COL")
