"""What several tests of the questions share, first a made-up case with revisions.

Country AAA counts deaths in the first quarters of 2001 and 2002, POL by month and HOS by quarter:

    POL  January, February, March 2001    40 + 30 + 30 = 100, reported 2001-05-01; February 35 from 2002-06-01 on: 105
    POL  January, February, March 2002    20 + 20 + 20 = 60, reported 2002-05-01; March 25 from 2002-07-01 on: 65
    HOS  first quarter                    97, then 98 (reported 2001-04-10 and 2001-04-15) and 59 (2002-04-20);
                                          narrowly counted 50 (2002-04-20)
    POL  in one yearbook of 2003-01-01    96 for the first quarter of 2001; 20 + 37 = 57 for two parts of that of 2002
    POL  first quarter of 2002            10, disputed; 61, derived: neither may enter
    POL  North only                       January 3 and 2; first quarter of 2002 7: never to enter the country's counts

The chain takes the latest months of POL: 105 and 65.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import violence_stats as vs
from tests.ledger.conftest import SETTINGS, TABLES, seal
from tests.questions.evidence_case import write_evidence_case
from violence_stats.ledger.case import Case, load_case
from violence_stats.questions.claim_check import ClaimCheck

FIGURES = """\
figure_id,country,area,measure,start,end,value,definition,publisher,reported,status,quality,source_id,note
P1,AAA,,deaths,2001-01-01,2001-01-31,40,all,POL,2001-05-01,published,high,dated,
P2,AAA,,deaths,2001-02-01,2001-02-28,30,all,POL,2001-05-01,published,high,dated,
P3,AAA,,deaths,2001-03-01,2001-03-31,30,all,POL,2001-05-01,published,high,undated,
P0,AAA,,deaths,2001-03-01,2001-03-31,30,all,POL,2001-06-01,published,high,revision,the same again
P4,AAA,,deaths,2001-02-01,2001-02-28,35,all,POL,2002-06-01,published,high,revision,
P5,AAA,,deaths,2002-01-01,2002-01-31,20,all,POL,2002-05-01,published,high,again,
P6,AAA,,deaths,2002-02-01,2002-02-28,20,all,POL,2002-05-01,digitised,high,again,
P7,AAA,,deaths,2002-03-01,2002-03-31,20,all,POL,2002-05-01,published,high,dated,
P8,AAA,,deaths,2002-03-01,2002-03-31,25,all,POL,2002-07-01,published,high,revision,
P9,AAA,,deaths,2001-04-01,2001-12-31,270,all,POL,2002-02-01,published,high,again,
H0,AAA,,deaths,2001-01-01,2001-03-31,97,all,HOS,2001-04-10,published,high,hospital-2001,
H1,AAA,,deaths,2001-01-01,2001-03-31,98,all,HOS,2001-04-15,published,high,hospital-2001,
H2,AAA,,deaths,2002-01-01,2002-03-31,59,all,HOS,2002-04-20,published,high,hospital-2002,
H3,AAA,,deaths,2002-01-01,2002-03-31,50,narrow,HOS,2002-04-20,published,high,hospital-2002,
Y1,AAA,,deaths,2001-01-01,2001-03-31,96,all,POL,2003-01-01,published,high,yearbook,
Y2,AAA,,deaths,2002-01-01,2002-02-15,20,all,POL,2003-01-01,published,high,yearbook,
Y3,AAA,,deaths,2002-02-16,2002-03-31,37,all,POL,2003-01-01,published,high,yearbook,
X1,AAA,,deaths,2002-01-01,2002-03-31,10,all,POL,2002-05-02,disputed,low,again,
X2,AAA,,deaths,2002-01-01,2002-03-31,61,all,POL,2002-05-02,derived,low,again,
N1,AAA,North,deaths,2001-01-01,2001-01-31,3,all,POL,2001-05-01,published,high,dated,
N2,AAA,North,deaths,2002-01-01,2002-01-31,2,all,POL,2002-05-01,published,high,again,
X3,AAA,North,deaths,2002-01-01,2002-03-31,7,all,POL,2002-05-02,published,high,again,
"""

SOURCES = "source_id,url,title,date\n" + "".join(
    f"{name},https://example.org/{name},A page,\n"
    for name in ("again", "dated", "hospital-2001", "hospital-2002", "revision", "undated", "yearbook")
)

CHAIN = """\
start,end,value,status,publisher,definition,figures
2001-01-01,2001-01-31,40,published,POL,all,P1
2001-02-01,2001-02-28,35,published,POL,all,P4
2001-03-01,2001-03-31,30,published,POL,all,P3
2001-04-01,2001-12-31,270,published,POL,all,P9
2002-01-01,2002-01-31,20,published,POL,all,P5
2002-02-01,2002-02-28,20,digitised,POL,all,P6
2002-03-01,2002-03-31,25,published,POL,all,P8
"""

NAMES = """
[countries]
AAA = { en = "Aland", es = "Alandia" }

[measures]
deaths = { en = "deaths", es = "muertes" }

[publishers]
POL = { en = "police (POL)", es = "Policía (POL)" }
HOS = { en = "hospitals", es = "hospitales" }
"""


@pytest.fixture(scope="session")
def aland(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder: Path = tmp_path_factory.mktemp("aland")
    files = {**TABLES, "figures.csv": FIGURES, "sources.csv": SOURCES, "chain.csv": CHAIN}
    for name, text in {**files, "case.toml": SETTINGS + NAMES}.items():
        (folder / name).write_text(text, "utf-8")
    seal(folder)
    return load_case(folder)


@pytest.fixture(scope="session")
def eland(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up case with one pact and one spell of policing."""
    return write_evidence_case(tmp_path_factory.mktemp("cases") / "eland")


@pytest.fixture(scope="session")
def headline() -> ClaimCheck:
    """The shipped case's first claim."""
    homicides = vs.load_homicides("SLV")
    return vs.check_claim(homicides, window="2020-H1", baseline="2019-H1", claimed_pct=-62.5)
