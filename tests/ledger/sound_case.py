"""A small case without a fault, described as the shipped one is, for planting faults in.

The year 2001 sums to the 1200 that were published for it: 100 + (210 - 100) + 990.
"""

from __future__ import annotations

import json
from pathlib import Path

from violence_stats.ledger.checksums import PACKAGE_FILE, read_descriptor
from violence_stats.ledger.location import shipped_case
from violence_stats.ledger.package import descriptor_content, restated_descriptor

TABLES = {
    "figures.csv": """\
figure_id,country,area,measure,start,end,value,definition,publisher,reported,status,quality,source_id,note
F0001,SLV,,homicides,2001-01-01,2001-01-31,100,all,PNC,2001-02-03,published,high,paper-2001,
F0002,SLV,,homicides,2001-01-01,2001-02-28,210,all,PNC,2001-03,published,high,paper-2001,"January, February"
F0003,SLV,,homicides,2001-03-01,2001-12-31,990,all,PNC,2002,published,high,book-2002,
F0004,SLV,,homicides,2001-01-01,2001-12-31,1200,all,IML,2002-02-01,published,high,book-2002,
F0005,SLV,,homicides,2002-01-01,2002-01-31,90,all,PNC,2002-02-02,published,high,book-2002,
F0006,SLV,,homicides,2002-01-01,2002-02-10,120,all,PNC,2002-02-12,published,high,book-2002,
F0007,SLV,,homicides,2002-01-01,2002-02-20,150,all,PNC,2002-02-22,published,high,paper-2001,
F0008,SLV,,homicides,2001-01-01,2001-01-31,999,all,PNC,2001-02-04,disputed,low,paper-2001,misprint
F0009,SLV,,thefts,2001-05-01,2001-05-31,700,,PNC,2001-06-04,published,high,paper-2001,
F0010,SLV,,thefts,2001-05-10,2001-05-20,30,,PNC,2001-06-04,published,high,paper-2001,
F0011,SLV,,rapes,2001-05-01,2001-05-31,40,,PNC,2001-06-04,published,high,paper-2001,
F0012,SLV,,rapes,2001-05-01,2001-05-31,42,,PNC,2001-06-04,published,high,book-2002,
F0013,SLV,,prison_population,2001-05-01,2001-05-31,9000,,DGCP,2001-06-04,published,high,paper-2001,
F0014,SLV,,prison_population,2001-01-01,2001-12-31,8000,,DGCP,2002-06-04,published,high,book-2002,
""",
    "sources.csv": """\
source_id,url,title,date
paper-2001,https://example.org/paper,"A paper, daily",2001-12
book-2002,https://example.org/book,A book,2002
""",
    "chain.csv": """\
start,end,value,status,publisher,definition,figures
2001-01-01,2001-01-31,100,published,PNC,all,F0001
2001-02-01,2001-02-28,110,derived,PNC,all,F0002 - F0001
2001-03-01,2001-12-31,990,published,PNC,all,F0003
2002-01-01,2002-01-31,90,published,PNC,all,F0005
""",
    "events.csv": """\
event_id,start,end,precision,category,label,source_id
2001-03-10-a-law,2001-03-10,2001-03-10,day,law,A law,paper-2001
""",
    "population.csv": "country,year,population,publisher\nSLV,2001,5900000,Census\nSLV,2002,5950000,Census\n",
    "published_effects.csv": """\
study,event,measure,start,end,effect,estimate,ci_low,ci_high,source_id,note
one-2002,a law,homicides,2001-01-01,2001-12-31,rate_ratio,0.8,0.5,1.2,book-2002,
two-2003,a law,homicides,,,finding,,,,book-2002,no change
""",
    "reported_changes.csv": """\
country,measure,start,end,base_start,base_end,change_pct,publisher,reported,source_id,note
SLV,homicides,2001-02-01,2001-02-28,2001-01-01,2001-01-31,10,PNC,2001-03,paper-2001,
""",
    "corrections.csv": "id,field,old,new,why\nF0006,note,,partial,the document says so\n",
    "known_conflicts.csv": "check,ids,why\ntie,F0011 F0012,the book counts a day more\n",
}

SETTINGS = """\
case_id = "SLV"
country = "SLV"
measure = "homicides"
title = { en = "A small case", es = "Un caso pequeño" }

[ties]
publishers = ["PNC", "IML"]
statuses = ["published"]
qualities = ["high", "low"]
"""


def write_sound_case(folder: Path) -> Path:
    """Write the case into a folder that does not exist yet, sealed with its checksums."""
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    (folder / "case.toml").write_text(SETTINGS, encoding="utf-8")
    descriptor = read_descriptor(shipped_case().folder)
    (folder / PACKAGE_FILE).write_text(json.dumps(descriptor), encoding="utf-8")
    seal(folder)
    return folder


def seal(folder: Path) -> None:
    """State the checksums of the files as they are, whatever else is wrong with them."""
    contents = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    restated = restated_descriptor(read_descriptor(folder), contents)
    (folder / PACKAGE_FILE).write_bytes(descriptor_content(restated))
