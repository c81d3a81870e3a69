"""Making of a case: a folder like the one that ships, with its tables empty."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from violence_stats.errors import OutputError, SelectionError
from violence_stats.ledger.case import load_case
from violence_stats.ledger.checksums import PACKAGE_FILE
from violence_stats.ledger.location import shipped_cases
from violence_stats.ledger.package import descriptor_content, restated_descriptor
from violence_stats.ledger.records import Words
from violence_stats.writing import OWN_NAMES, hold_folder

TEMPLATE = Path(__file__).parent / "template"
_TEXTS = ("README.md", "case.toml", "claims.toml")
_COUNTRY = re.compile(r"[A-Z]{3}")
_MEASURE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NewCase:
    """A case that was made.

    Attributes
    ----------
    folder : pathlib.Path
    case_id : str
        The folder's name.
    files : tuple of str
        What it holds.
    notes : tuple of str
        What to look at before going on.
    """

    folder: Path
    case_id: str
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def summary(self) -> str:
        """Say what was made and what comes next."""
        return (
            f"made the case {self.case_id} in {self.folder}: {len(self.files)} files, its tables still empty\n"
            + "".join(f"note: {note}\n" for note in self.notes)
            + f"next: violence-stats read FILE --to {self.folder} --publisher WHO --reported DATE --title DOCUMENT\n"
            f"  or: violence-stats add {self.folder} --window 2024-01 --value COUNT --publisher WHO --title DOCUMENT\n"
            f"{self.folder / 'README.md'} walks through it, in English and Spanish\n"
        )

    def to_frame(self) -> pd.DataFrame:
        """Give one row a file: ``file``, ``bytes``."""
        rows = [(name, (self.folder / name).stat().st_size) for name in self.files]
        return pd.DataFrame(rows, columns=["file", "bytes"])

    def to_dict(self) -> dict[str, Any]:
        """Give folder, id, files and notes as plain values that JSON can hold."""
        return {
            "folder": str(self.folder),
            "case_id": self.case_id,
            "files": list(self.files),
            "notes": list(self.notes),
        }


def new_case(
    folder: str | Path,
    *,
    country: str,
    name: Words | str | None = None,
    measure: str = "homicides",
    measure_name: Words | str | None = None,
    title: Words | str | None = None,
) -> NewCase:
    """Make a case of your own: a folder with empty tables that verifies, and a README that walks through it.

    Parameters
    ----------
    folder : str or pathlib.Path
        Made if it is not there; it may hold nothing. Its name becomes the id of the case.
    country : str
        ISO 3166-1 alpha-3, such as ``"HND"``.
    name, measure_name, title : Words or str, optional
        How the country, what is counted and the whole are called: one text, or ``{"en": ..., "es": ...}``. By default
        as the shipped case names them, else by their codes.
    measure : str, default "homicides"
        What the reference series counts: small letters, digits and underscores.

    Returns
    -------
    NewCase

    Raises
    ------
    OutputError
        If the folder holds anything, or cannot be written to.
    SelectionError
        If a code is malformed, or the folder has the name of a case that ships.

    Examples
    --------
    >>> import tempfile
    >>> import violence_stats as vs
    >>> place = tempfile.TemporaryDirectory()
    >>> made = vs.new_case(place.name + "/my-case", country="HND")
    >>> vs.verify_case(made.folder).ok, vs.load_case(made.folder).settings.title["en"]
    (True, 'Homicides in Honduras')
    >>> place.cleanup()
    """
    target = Path(folder)
    case_id = target.resolve().name
    _refuse_malformed(country, measure, case_id)
    named = _names(country, measure, name, measure_name, title)
    contents = _contents({**named, "case_id": case_id, "country": country, "measure": measure}, str(folder))
    _refuse_filled(target)
    with hold_folder(target) as writer:
        _refuse_filled(target)
        writer.replace(contents)
    notes = _unnamed(country) if named["country_en"] == country else ()
    return NewCase(folder=target, case_id=case_id, files=tuple(sorted(contents)), notes=notes)


def _unnamed(country: str) -> tuple[str, ...]:
    """Say that a country is called by its code, and how to give it a name."""
    return (
        f"no name is known for {country}, so the texts print the code: give --name and --name-es (name= in Python) to "
        "a folder made anew, or write the names into case.toml, at title and [countries]",
    )


def _refuse_malformed(country: str, measure: str, case_id: str) -> None:
    if not _COUNTRY.fullmatch(country):
        raise SelectionError(f"country={country!r}: expected an ISO code of three capital letters")
    if not _MEASURE.fullmatch(measure):
        raise SelectionError(
            f"measure={measure!r}: expected small letters, digits and underscores, such as 'homicides'"
        )
    if case_id in shipped_cases() or not case_id.isprintable():
        raise SelectionError(f"folder {case_id!r}: expected a name that no shipped case has as its id; choose another")


def _refuse_filled(folder: Path) -> None:
    """Refuse a folder that holds anything, before it is touched and once more when no one else can write to it.

    Raises
    ------
    OutputError
        Naming what lies there.
    """
    try:
        there = sorted(path.name for path in folder.iterdir() if path.name not in OWN_NAMES) if folder.exists() else []
    except OSError as error:
        raise OutputError(f"{str(folder)!r} cannot be made a case ({error.strerror}): name a folder") from error
    if there:
        raise OutputError(
            f"the folder {str(folder)!r} holds {there[0]!r}{' and more' if len(there) > 1 else ''}: expected one that "
            "is empty or not there yet; name another"
        )


def _names(
    country: str, measure: str, name: Words | str | None, measure_name: Words | str | None, title: Words | str | None
) -> dict[str, str]:
    """Give what the texts call things, by placeholder."""
    settings = load_case().settings
    place = _words(name, settings.countries.get(country, Words(en=country, es=country)))
    plain = measure.replace("_", " ")
    what = _words(measure_name, settings.measures.get(measure, Words(en=plain, es=plain)))
    both = Words(en=f"{_capital(what['en'])} in {place['en']}", es=f"{_capital(what['es'])} en {place['es']}")
    whole = _words(title, both)
    return {
        "country_en": place["en"],
        "country_es": place["es"],
        "measure_en": what["en"],
        "measure_es": what["es"],
        "title_en": whole["en"],
        "title_es": whole["es"],
        "all_en": f"all {what['en']}",
        "all_es": f"todos los casos de {what['es']}",
    }


def _words(given: Words | str | None, default: Words) -> Words:
    words = default if given is None else Words(en=given, es=given) if isinstance(given, str) else given
    for lang, text in (("en", words["en"]), ("es", words["es"])):
        if not text.strip() or not text.isprintable():
            raise SelectionError(f"expected a name of one line in {lang}, got {text!r}")
    return words


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _contents(named: Mapping[str, str], folder: str) -> dict[str, bytes]:
    """Write every file of the case: texts from the templates, tables with their headers only."""
    quoted = {key: json.dumps(text, ensure_ascii=False) for key, text in named.items()}
    codes = {"country_code": named["country"], "measure_code": named["measure"]}
    fills = {
        "README.md": {**named, "folder": folder},
        "case.toml": {**quoted, **codes},
        "claims.toml": {},
    }
    texts = {name: Template((TEMPLATE / name).read_text("utf-8")).substitute(fills[name]) for name in _TEXTS}
    descriptor = json.loads((TEMPLATE / PACKAGE_FILE).read_text("utf-8"))
    descriptor["name"] = re.sub(r"[^a-z0-9._/-]+", "-", named["case_id"].lower()).strip("-") or "case"
    descriptor["title"] = f"{named['title_en']}: published figures and their sources"
    tables = {
        one["path"]: (",".join(field["name"] for field in one["schema"]["fields"]) + "\n").encode("utf-8")
        for one in descriptor["resources"]
    }
    package = descriptor_content(restated_descriptor(descriptor, tables))
    return {**tables, **{name: text.encode("utf-8") for name, text in texts.items()}, PACKAGE_FILE: package}
