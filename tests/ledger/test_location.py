"""Where a case lies: in a checkout beside the package, in an installed package inside it, or in a user's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from violence_stats.ledger import location
from violence_stats.ledger.location import CaseFiles, files_in, shipped_case


def lay(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()


def test_a_checkout_is_read_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(location, "_PACKAGE", tmp_path / "violence_stats")
    lay(tmp_path / "data", "case.toml")
    lay(tmp_path / "seeds", "claims.toml")
    assert shipped_case() == CaseFiles(tmp_path / "data", tmp_path / "seeds" / "claims.toml")


@pytest.mark.parametrize("beside", ["data", "seeds"])
def test_an_installed_package_carries_the_case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, beside: str) -> None:
    package = tmp_path / "violence_stats"
    monkeypatch.setattr(location, "_PACKAGE", package)
    lay(tmp_path / beside, "case.toml", "claims.toml")
    lay(package / "shipped_case" / "data", "case.toml")
    lay(package / "shipped_case" / "seeds", "claims.toml")
    shipped = package / "shipped_case"
    assert shipped_case() == CaseFiles(shipped / "data", shipped / "seeds" / "claims.toml")


def test_a_folders_own_claims_come_first(tmp_path: Path) -> None:
    lay(tmp_path / "data", "claims.toml")
    lay(tmp_path / "seeds", "claims.toml")
    assert files_in(tmp_path / "data").claims == tmp_path / "data" / "claims.toml"


def test_seeds_beside_belong_to_a_folder_named_data_only(tmp_path: Path) -> None:
    lay(tmp_path / "mine")
    lay(tmp_path / "data")
    lay(tmp_path / "seeds", "claims.toml")
    assert files_in(tmp_path / "mine").claims is None
    assert files_in(tmp_path / "data").claims == tmp_path / "seeds" / "claims.toml"
