"""The ledger: published figures with their documents, chosen by what they count and by when they were known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Unpack

from violence_stats.figures import Figure, Source
from violence_stats.ledger.codes import Codes, by_codes
from violence_stats.ledger.combining import join_by_id
from violence_stats.ledger.differences import LedgerDiff, compare_records
from violence_stats.ledger.export import read_exported, write_package
from violence_stats.months import DateLike, WindowLike, last_day, parse_window


def is_known(figure: Figure, day: date | None) -> bool:
    """Whether the figure was reported by `day` (INCLUSIVE); any figure is where `day` is None."""
    return day is None or (figure.known_on is not None and figure.known_on <= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Figures and sources by id.

    Attributes
    ----------
    figures : mapping of str to Figure
    sources : mapping of str to Source
        Holds the source of each figure.
    """

    figures: Mapping[str, Figure]
    sources: Mapping[str, Source]

    def as_of(self, day: DateLike) -> Ledger:
        """Give the ledger as it stood at the end of `day`.

        Parameters
        ----------
        day : DateLike
            INCLUSIVE; a month or year is read by its last day. A figure reported in a month or year counts as known on
            its last day, one without a date of report on its source's, one with neither never.
        """
        then = last_day(day)
        return replace(self, figures={key: one for key, one in self.figures.items() if is_known(one, then)})

    def select(
        self,
        *,
        window: WindowLike | None = None,
        as_of: DateLike | None = None,
        without: Collection[str] = ("disputed", "derived"),
        **codes: Unpack[Codes],
    ) -> tuple[Figure, ...]:
        """Choose figures; each argument left out chooses all, but for `area` and `without`.

        Parameters
        ----------
        window : WindowLike, optional
            Figures of exactly this window, both ends INCLUSIVE.
        as_of : DateLike, optional
            Figures known by this day, INCLUSIVE.
        without : collection of str, default ("disputed", "derived")
            Statuses to leave out.
        country, measure, publisher : str, optional
        area : str or None, default ""
            Blank is the whole country; None is every area.
        definition : str, optional
            ``""`` is a choice too: the figures that carry no definition.

        Returns
        -------
        tuple of Figure
            In the ledger's order; empty where the names exist and nothing answers to the rest.

        Raises
        ------
        SelectionError
            If no figure carries the country, measure, area, publisher or definition; the message lists what exists.

        Examples
        --------
        >>> import violence_stats as vs
        >>> ledger = vs.load_case("SLV").ledger
        >>> [figure.value for figure in ledger.select(country="MEX", measure="homicides", window="2020-06")]
        [3004]
        """
        span = None if window is None else parse_window(window)
        then = None if as_of is None else last_day(as_of)
        return tuple(
            one
            for one in by_codes(self.figures.values(), **codes)
            if one.status not in without and (span is None or one.window == span) and is_known(one, then)
        )

    def combine(self, other: Ledger) -> Ledger:
        """Put the figures and sources of two ledgers together; what both hold stands once.

        Raises
        ------
        DataError
            If an id stands for one figure or document here and for another there; the message gives both.

        Examples
        --------
        >>> import violence_stats as vs
        >>> ledger = vs.load_case("SLV").ledger
        >>> ledger.as_of("2020-09-30").combine(ledger.as_of("2019-06")) == ledger.as_of("2020-09-30")
        True
        """
        return Ledger(figures=join_by_id(self.figures, other.figures), sources=join_by_id(self.sources, other.sources))

    def diff(self, later: Ledger) -> LedgerDiff:
        """Say what changed from this ledger to a later one, such as another vintage of the same.

        Examples
        --------
        >>> import violence_stats as vs
        >>> ledger = vs.load_case("SLV").ledger
        >>> changes = ledger.as_of("2020-07-31").diff(ledger.as_of("2020-09-30"))
        >>> len(changes.removed), len(changes.edited), changes.to_frame()["change"].iloc[0]
        (0, 0, 'added')
        """
        return compare_records((self.figures, self.sources), (later.figures, later.sources))

    def export(
        self,
        folder: str | Path,
        *,
        title: str = "Published figures and their sources",
        licenses: Sequence[Mapping[str, str]] = (),
    ) -> tuple[Path, ...]:
        """Write the ledger as a Frictionless Tabular Data Package: figures, sources, and their description.

        The tables are safe to open in a spreadsheet program: a text that such a program would run is preceded by an
        apostrophe, as the description says. `load_ledger` reads the package back without loss.

        Parameters
        ----------
        folder : str or pathlib.Path
            Made if it is not there. ``figures.csv``, ``sources.csv`` and ``datapackage.json`` in it are replaced, all
            three or none.
        licenses : sequence of mapping, default ()
            Each with ``name`` or ``path``, such as ``{"name": "CC-BY-4.0"}``.

        Returns
        -------
        tuple of pathlib.Path
            The three files.

        Raises
        ------
        OutputError
            If the folder cannot be written to, or holds the tables of a case.

        Examples
        --------
        >>> import violence_stats as vs
        >>> vs.load_case("SLV").ledger.export("ledger/")  # doctest: +SKIP
        """
        return write_package(self.figures.values(), self.sources.values(), Path(folder), title=title, licenses=licenses)


def load_ledger(folder: str | Path) -> Ledger:
    """Load a ledger that `Ledger.export` wrote, its checksums verified.

    Parameters
    ----------
    folder : str or pathlib.Path
        Holds ``datapackage.json``, ``figures.csv`` and ``sources.csv``.

    Raises
    ------
    DataError
        If a file is missing or malformed, or (`ChecksumError`) differs from its checksum.

    Examples
    --------
    >>> import violence_stats as vs
    >>> vs.load_ledger("ledger/")  # doctest: +SKIP
    """
    figures, sources = read_exported(Path(folder))
    return Ledger(figures=figures, sources=sources)
