"""A made-up case, small enough to work out by hand, so that what is generic is tested away from any country.

Country AAA counts deaths in the first months of 2001; POL and HOS publish them:

    A1  January            10  POL  reported 2001-02-05
    A2  February           12  POL  reported 2001-03-05
    A3  February           13  POL  reported in 2001-06, so known on 2001-06-30
    A4  January to March   30  POL  reported 2001-04-02
    A5  March               9  HOS  reported 2001-04-10
    A6  March              99  POL  disputed, reported 2001-04-11
    A7  April               8  POL  digitised, not dated; its source is of 2001-05-20
    A8  May                 6  POL  not dated, nor is its source: never known to an as_of
    A9  May                 4  POL  counted narrowly, reported 2001-06-02
    A10 June                5  POL  derived, reported 2001-07-02
    A11 January, North only 3  POL  reported 2001-02-05
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.sound_case import write_sound_case
from violence_stats.ledger.case import load_case
from violence_stats.ledger.checksums import checksum
from violence_stats.ledger.ledger import Ledger

TABLES = {
    "figures.csv": """\
figure_id,country,area,measure,start,end,value,definition,publisher,reported,status,quality,source_id,note
A1,AAA,,deaths,2001-01-01,2001-01-31,10,all,POL,2001-02-05,published,high,dated,
A2,AAA,,deaths,2001-02-01,2001-02-28,12,all,POL,2001-03-05,published,high,dated,
A3,AAA,,deaths,2001-02-01,2001-02-28,13,all,POL,2001-06,published,high,dated,revised
A4,AAA,,deaths,2001-01-01,2001-03-31,30,all,POL,2001-04-02,published,high,dated,
A5,AAA,,deaths,2001-03-01,2001-03-31,9,all,HOS,2001-04-10,published,high,dated,
A6,AAA,,deaths,2001-03-01,2001-03-31,99,all,POL,2001-04-11,disputed,low,dated,misprint
A7,AAA,,deaths,2001-04-01,2001-04-30,8,all,POL,,digitised,medium,dated,
A8,AAA,,deaths,2001-05-01,2001-05-31,6,all,POL,,published,high,undated,
A9,AAA,,deaths,2001-05-01,2001-05-31,4,narrow,POL,2001-06-02,published,high,dated,
A10,AAA,,deaths,2001-06-01,2001-06-30,5,all,POL,2001-07-02,derived,high,dated,
A11,AAA,North,deaths,2001-01-01,2001-01-31,3,all,POL,2001-02-05,published,high,dated,
""",
    "sources.csv": """\
source_id,url,title,date
dated,https://example.org/a,"A page, with a comma",2001-05-20
undated,https://example.org/b,,
""",
    "chain.csv": """\
start,end,value,status,publisher,definition,figures
2001-01-01,2001-01-31,10,published,POL,all,A1
2001-02-01,2001-02-28,13,published,POL,all,A3
2001-03-01,2001-03-31,7,derived,POL,all,A4 - A1 - A3
2001-04-01,2001-04-30,8,digitised,POL,all,A7
2001-05-01,2001-05-31,6,published,POL,all,A8
""",
    "events.csv": """\
event_id,start,end,precision,category,label,source_id
new-law,2001-03-10,2001-03-10,day,law,A law,dated
old-law-ends,2001-03-01,2001-03-31,month,law,An older law ends,undated
curfew,2001-04-02,2001-04-09,day,police,A curfew,dated
""",
    "population.csv": "country,year,population,publisher\nAAA,2001,1010,Census\nAAA,2000,1000,Census\n",
    "reported_changes.csv": """\
country,measure,start,end,base_start,base_end,change_pct,publisher,reported,source_id,note
AAA,deaths,2001-02-01,2001-02-28,2001-01-01,2001-01-31,-12.5,POL,2001-03,dated,
""",
    "published_effects.csv": """\
study,event,measure,start,end,effect,estimate,ci_low,ci_high,source_id,note
one-2002,law of 2001,deaths,2001-01-01,2001-05-31,rate_ratio,0.8,0.5,1.2,dated,
two-2003,law of 2001,deaths,,,finding,,,,dated,no change
""",
    "corrections.csv": "id,field,old,new,why\n",
}

SETTINGS = """\
case_id = "AAA"
country = "AAA"
measure = "deaths"
title = { en = "Deaths in a made-up country", es = "Muertes en un país inventado" }

[ties]
publishers = ["HOS", "POL"]
statuses = ["published", "digitised", "derived"]
qualities = ["high", "medium", "low"]

[windows]
before = ["2001-01", "2001-02"]
whole = ["2001-01", "last"]

[[interventions]]
id = "2001-04"
date = 2001-04-02
kind = "policing"
name = { en = "Curfew", es = "Toque de queda" }
label = { en = "curfew", es = "toque" }
sources = ["curfew"]

[[interventions]]
id = "2001-03"
date = 2001-03-10
kind = "law"
name = { en = "A law", es = "Una ley" }
label = { en = "law", es = "ley" }
sources = ["new-law"]
studies = ["one-2002"]
candidates = [{ date = 2001-03-10, name = { en = "in force", es = "en vigor" }, sources = ["new-law"] }]

[[episodes]]
id = "law"
intervention = "2001-03"
kind = "law"
name = { en = "the law", es = "la ley" }
ends = ["old-law-ends"]

[lockdown]
id = "curfew"
window = ["2001-04-02", "2001-04-09"]
name = { en = "Curfew", es = "Toque de queda" }
label = { en = "curfew", es = "toque" }
sources = ["curfew"]

[[controls]]
country = "BBB"
publisher = "POL"

[[annual_sums]]
year = 2001
tolerance = 2
reason = { en = "two late deaths", es = "dos muertes tardías" }

[definitions]
all = { en = "all deaths", es = "todas las muertes" }
"""

CLAIMS = """\
[[claims]]
id = "fall"
kind = "figure"
question = "claim"
text = { en = "Deaths fell.", es = "Las muertes bajaron." }
made_by = { en = "the ministry", es = "el ministerio" }
made_on = "2001-03"
reported_in = ["dated"]
window = "2001-02"
baseline = "2001-01"
claimed_pct = -12.5
interventions = ["2001-03"]
dispute = { en = "A paper said that they rose.", es = "Un diario dijo que subieron." }
disputed_by = { en = "a paper", es = "un diario" }
disputed_in = ["undated"]
"""

WriteCase = Callable[..., Path]


def seal(folder: Path) -> None:
    """Write the data package of the tables that lie in the folder, with their checksums as they are now."""
    resources = [
        {
            "name": file.stem,
            "path": file.name,
            "hash": checksum(file.read_bytes()),
            "bytes": file.stat().st_size,
            "schema": {
                "fields": [
                    {"name": name, "type": "string"} for name in file.read_text("utf-8").split("\n")[0].split(",")
                ]
            },
        }
        for file in sorted(folder.glob("*.csv"))
    ]
    (folder / "datapackage.json").write_text(json.dumps({"name": "made-up", "resources": resources}), "utf-8")


@pytest.fixture
def write_case(tmp_path: Path) -> WriteCase:
    """Give a function that writes the made-up case, some of its files replaced or (None) left out."""

    def write(files: dict[str, str | None] | None = None, *, sealed: bool = True) -> Path:
        folder = tmp_path / "case"
        folder.mkdir(exist_ok=True)
        wanted = {**TABLES, "case.toml": SETTINGS, "claims.toml": CLAIMS, **(files or {})}
        for name, text in wanted.items():
            if text is not None:
                (folder / name).write_bytes(text.encode("utf-8"))
        if sealed:
            seal(folder)
        return folder

    return write


@pytest.fixture
def case_folder(write_case: WriteCase) -> Path:
    """The made-up case as it is."""
    return write_case()


@pytest.fixture
def ledger(case_folder: Path) -> Ledger:
    """Its ledger."""
    return load_case(case_folder).ledger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case without a fault, to plant one in."""
    return write_sound_case(tmp_path / "sound")
