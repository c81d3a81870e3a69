"""A made-up country with one pact and one spell of policing, each as predicted, for the evidence.

Deaths are 300 a month. A pact from 2004-01 takes them to 120 at once; they climb back from 2005-01 to 300 by 2006-01.
From 2008-01 police take them down to 120 within a year, and there they stay. Thefts (1,000 a month) do not move with
the pact and fall by half under the police; patrols (400) halve under the pact and double under the police, against 2003
and 2007; missing (200) double under the pact and halve under the police. A third of all deaths are in the East, where
the police go: there the deaths fall to a fifth, elsewhere by a half.

Every count wobbles by a fixed small amount (`wobble`), so that nothing is without scatter.
"""

from __future__ import annotations

import calendar
import math
from pathlib import Path

from tests.ledger.conftest import seal

FIRST_YEAR, LAST_YEAR = 2001, 2011
PACT, POLICING = (2004, 1), (2008, 1)
WOBBLE = (0.03, -0.02, 0.01, -0.04, 0.02, -0.01, 0.04, -0.03)

SETTINGS = """\
case_id = "EEE"
country = "EEE"
measure = "deaths"
title = {{ en = "Deaths in Eland", es = "Muertes en Elandia" }}

[ties]
publishers = ["POL"]
statuses = ["published"]
qualities = ["high"]

[evidence]
other_crime = ["thefts"]
enforcement = ["patrols"]
disappearances = "missing"
recording_breaks = []
{places}

[[interventions]]
id = "2004-01"
date = 2004-01-01
kind = "pact"
name = {{ en = "A pact", es = "Un pacto" }}
label = {{ en = "pact", es = "pacto" }}
sources = []

[[interventions]]
id = "2008-01"
date = 2008-01-01
kind = "policing"
name = {{ en = "Police", es = "Policía" }}
label = {{ en = "police", es = "policía" }}
sources = []

[[episodes]]
id = "pact-2004"
intervention = "2004-01"
kind = "{pact_kind}"
name = {{ en = "the pact", es = "el pacto" }}
ends = ["pact-ends"]

[[episodes]]
id = "police-2008"
intervention = "2008-01"
kind = "{policing_kind}"
name = {{ en = "the police", es = "la policía" }}
ends = []
"""

PLACES = '[evidence.places]\narea = "East"\n'

FIGURE_COLUMNS = (
    "figure_id,country,area,measure,start,end,value,definition,publisher,reported,status,quality,source_id,note"
)


def months() -> list[tuple[int, int]]:
    return [(year, month) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13)]


def since(month: tuple[int, int], start: tuple[int, int]) -> int:
    return (month[0] - start[0]) * 12 + month[1] - start[1]


def level_of_deaths(month: tuple[int, int], *, fast: bool = True) -> float:
    """Share of the level before: the pact halves and reverses, the police take a year and hold."""
    if since(month, POLICING) >= 0:
        return 0.4 + 0.6 * math.exp(-(since(month, POLICING) + 0.5) / (0.2 if fast else 4.0))
    elapsed = since(month, PACT)
    if elapsed < 0 or elapsed >= 24:
        return 1.0
    return 0.4 if elapsed < 12 else 0.4 + 0.6 * (elapsed - 11) / 12


def level_of(measure: str, month: tuple[int, int]) -> float:
    under_pact = 0 <= since(month, PACT) < 24
    policed = since(month, POLICING) >= 0
    pact, police = {"thefts": (1.0, 0.5), "patrols": (0.5, 2.0), "missing": (2.0, 0.5)}[measure]
    return pact if under_pact else police if policed else 1.0


def write_evidence_case(
    folder: Path, *, pact_kind: str = "pact", policing_kind: str = "policing", places: bool = True
) -> Path:
    """Write the case; `pact_kind` and `policing_kind` are what its settings call the two episodes."""
    folder.mkdir(exist_ok=True)
    figures, chain = [FIGURE_COLUMNS], ["start,end,value,status,publisher,definition,figures"]
    for place, month in enumerate(months()):
        span = f"{month[0]}-{month[1]:02}-01,{month[0]}-{month[1]:02}-{calendar.monthrange(*month)[1]}"
        reported = f"{month[0] + month[1] // 12}-{month[1] % 12 + 1:02}-15"
        wobble = 1 + WOBBLE[place % len(WOBBLE)]
        deaths = round(300 * level_of_deaths(month, fast=False) * wobble)
        inside = round(100 * (level_of_deaths(month, fast=False) ** (2 if since(month, POLICING) >= 0 else 1)) * wobble)
        counts = {"deaths": deaths, **{name: level_of(name, month) for name in ("thefts", "patrols", "missing")}}
        for name, scale in (("thefts", 1000), ("patrols", 400), ("missing", 200)):
            counts[name] = round(counts[name] * scale * wobble)
        for name, count in counts.items():
            definition = "all" if name == "deaths" else ""
            figures.append(
                f"{name[0].upper()}{place},EEE,,{name},{span},{count},{definition},POL,{reported},published,high,page,"
            )
        figures.append(f"E{place},EEE,East,deaths,{span},{inside},all,POL,{reported},published,high,page,")
        chain.append(f"{span},{deaths},published,POL,all,D{place}")
    tables = {
        "figures.csv": figures,
        "chain.csv": chain,
        "sources.csv": ["source_id,url,title,date", "page,https://example.org/page,A page,2001-01-01"],
        "events.csv": [
            "event_id,start,end,precision,category,label,source_id",
            "pact-ends,2005-01-01,2005-01-01,day,pact,The pact ends,page",
        ],
        "population.csv": ["country,year,population,publisher", "EEE,2001,1000000,Census"],
        "reported_changes.csv": [
            "country,measure,start,end,base_start,base_end,change_pct,publisher,reported,source_id,note"
        ],
        "published_effects.csv": ["study,event,measure,start,end,effect,estimate,ci_low,ci_high,source_id,note"],
        "corrections.csv": ["id,field,old,new,why"],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    settings = SETTINGS.format(places=PLACES if places else "", pact_kind=pact_kind, policing_kind=policing_kind)
    (folder / "case.toml").write_text(settings, "utf-8")
    seal(folder)
    return folder
