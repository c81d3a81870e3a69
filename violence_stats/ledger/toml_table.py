"""A table of a TOML file, each key of it read with the type that it must have, and none left over."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from violence_stats.errors import DataError, WindowError
from violence_stats.ledger.records import Words
from violence_stats.months import Window, WindowLike, parse_window

T = TypeVar("T")


def parse_toml(content: bytes, file: str) -> TomlTable:
    """Read a whole file.

    Raises
    ------
    DataError
        If it is not UTF-8 or not TOML.
    """
    try:
        return TomlTable(tomllib.loads(content.decode("utf-8")), file, "")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{file}: not readable as TOML in UTF-8 ({error}); correct it") from error


class TomlTable:
    """One table; a method reads a key and raises a DataError that names it where the type is another.

    Parameters
    ----------
    values : mapping
        The table as `tomllib` gives it.
    file, place : str
        Where it stands, for messages.
    """

    def __init__(self, values: Mapping[str, Any], file: str, place: str) -> None:
        self._values = values
        self._unread = set(values)
        self._file = file
        self._place = place

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, in order."""
        return tuple(self._values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def fault(self, key: str, expected: str) -> NoReturn:
        """Refuse the value of a key.

        Raises
        ------
        DataError
            Always.
        """
        came = repr(self._values[key]) if key in self._values else "nothing"
        raise DataError(f"{self._file}, {self._name(key)}: expected {expected}, got {came}; correct it")

    def closed(self, made: T) -> T:
        """Give what was made of the table, once no key of it is left unread.

        Raises
        ------
        DataError
            If there is one, such as a misspelt key.
        """
        if self._unread:
            key = min(self._unread)
            raise DataError(f"{self._file}, {self._name(key)}: no such setting; correct its name or remove it")
        return made

    def text(self, key: str) -> str:
        """Read a text that is not blank."""
        value = self._take(key)
        if not isinstance(value, str) or not value:
            self.fault(key, "a text")
        return value

    def number(self, key: str) -> float:
        """Read a number."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(key, "a number")
        return float(value)

    def whole(self, key: str) -> int:
        """Read a whole number of 0 or more."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(key, "a whole number of 0 or more")
        return value

    def day(self, key: str) -> date:
        """Read a day, written without quotes."""
        value = self._take(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(key, "a day without quotes, such as 2020-01-31")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.fault(key, "a list of texts")
        return tuple(value)

    def words(self, key: str) -> Words:
        """Read a text in both languages."""
        value = self._take(key)
        complete = isinstance(value, dict) and set(value) == {"en", "es"}
        if not complete or not all(isinstance(text, str) and text for text in value.values()):
            self.fault(key, "a text in both languages, { en = ..., es = ... }")
        return Words(en=value["en"], es=value["es"])

    def window(self, key: str, last: date | None = None) -> Window:
        """Read a window, such as ``"2001-H1"`` or ``["2001-04", "2003-06"]``; ``"last"`` stands for the day `last`."""
        value = self._take(key)
        if not isinstance(value, str) and not (isinstance(value, list) and len(value) == 2):
            self.fault(key, "a window, such as '2001-H1' or ['2001-04', '2003-06']")
        if last is None and "last" in value:
            self.fault(key, "two days or months, since the reference chain has no window yet for 'last' to mean")
        try:
            return parse_window(_window_like(value, last))
        except WindowError as error:
            raise DataError(f"{self._file}, {self._name(key)}: {error}") from error

    def table(self, key: str) -> TomlTable:
        """Open a table within this one."""
        value = self._take(key)
        if not isinstance(value, dict):
            self.fault(key, "a table")
        return TomlTable(value, self._file, self._name(key))

    def tables(self, key: str) -> tuple[TomlTable, ...]:
        """Open a list of tables; none where the key is absent."""
        if key not in self._values:
            return ()
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(key, "a list of tables")
        return tuple(TomlTable(one, self._file, f"{self._name(key)} {n}") for n, one in enumerate(value, 1))

    def words_by_key(self, key: str) -> dict[str, Words]:
        """Read a table that holds a text in both languages for each of its keys; empty where the key is absent."""
        if key not in self._values:
            return {}
        table = self.table(key)
        return {name: table.words(name) for name in table.keys}

    def _take(self, key: str) -> Any:
        if key not in self._values:
            self.fault(key, "a value")
        self._unread.discard(key)
        return self._values[key]

    def _name(self, key: str) -> str:
        return f"{self._place} {key}".strip()


def _window_like(value: str | list[Any], last: date | None) -> WindowLike:
    if isinstance(value, str):
        return value
    start, end = value
    return (start, last) if end == "last" and last is not None else (start, end)
