"""The package as it is installed: the wheel carries the shipped case, and importing is light.

Kinds of test: by hand (what a user would do), run in processes of their own.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

import violence_stats as vs

ROOT = Path(__file__).resolve().parents[1]

USE_THE_WHEEL = """
import violence_stats as vs
from pathlib import Path
homicides = vs.load_homicides("SLV")
folder = vs.load_case("SLV").folder
assert Path(vs.__file__).parent in Path(folder).parents, folder
claim = vs.check_claim(homicides, window="2020-H1", baseline="2019-H1", claimed_pct=-62.5)
second = vs.load_case("COL")
assert Path(folder) in Path(second.folder).parents, second.folder
made = vs.new_case("my-case", country="HND")
print(len(homicides), homicides.total("2020-H1"), round(claim.observed_pct, 1))
print(vs.load_homicides("COL").total("2020-H1"), vs.verify_case("COL").ok, vs.verify_case(made.folder).ok)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return next(folder.glob("*.whl"))


def test_an_installed_wheel_loads_its_own_cases_checks_the_claim_and_makes_a_case(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", system_site_packages=False, with_pip=False)
    python = next(path for name in ("bin/python", "Scripts/python.exe") if (path := tmp_path / "venv" / name).exists())
    target = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True, text=True)
    dependencies = [entry for entry in sys.path if entry.endswith("site-packages")]
    code = f"import sys; sys.path[:0] = {[str(target), *dependencies]!r}\n{USE_THE_WHEEL}"
    done = subprocess.run([str(python), "-I", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)
    windows, total, change, *others = done.stdout.split()
    assert int(windows) > 100
    assert (int(total), change) == (589, "-62.6")
    assert others == ["5424", "True", "True"]


def test_importing_loads_no_numerical_library() -> None:
    code = "import sys, violence_stats; print(sorted({'numpy', 'pandas', 'matplotlib', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_fit_does_not_wait_for_what_only_loops_need() -> None:
    code = "import sys, violence_stats.models.its; print('joblib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_every_public_name_loads() -> None:
    missing = [name for name in vs.__all__ if getattr(vs, name, None) is None]
    assert vs.__all__
    assert missing == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'load_everything'"):
        _ = vs.load_everything
