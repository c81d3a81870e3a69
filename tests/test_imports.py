"""No two modules of the package need each other, not even for the names of types.

Every module is parsed, so that imports under ``TYPE_CHECKING`` and inside functions count too. That a module's package
runs first is left out: a package is an edge only where something is imported from it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import violence_stats as vs

PACKAGE = Path(vs.__file__).resolve().parent


def module_name(path: Path, root: Path) -> str:
    """Give the dotted name of a file below `root`, its package's for ``__init__.py``."""
    parts = [root.name, *path.relative_to(root).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    """Give the modules among `known` that a module names in its imports: ``from a import b`` may name ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in known)
        if isinstance(node, ast.ImportFrom) and node.module in known:
            inner = [f"{node.module}.{one.name}" for one in node.names]
            yield from (name for name in inner if name in known)
            if any(name not in known for name in inner):
                yield node.module


def circle(root: Path) -> list[str]:
    """Give the modules of one circle of imports below `root`, the first again as the last; none where there is none."""
    modules = {module_name(path, root): path for path in root.rglob("*.py")}
    graph = {
        name: set(imported(ast.parse(path.read_text(encoding="utf-8")), modules)) for name, path in modules.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_import_leads_in_a_circle() -> None:
    found = circle(PACKAGE)
    assert not found, " <- ".join(found)


def test_every_import_is_absolute() -> None:
    """What the graph rests on: a relative import would be no edge in it."""
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        relative = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
        assert not relative, f"{path.name}: {relative}"


@pytest.mark.parametrize(
    "back",
    [
        "from house.roof import TILES",
        "import house.roof",
        "from house import roof",
        "if TYPE_CHECKING:\n    from house.roof import TILES",
        "def climb():\n    from house.roof import TILES",
    ],
)
def test_a_circle_is_found_however_it_is_written(tmp_path: Path, back: str) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "__init__.py").write_text("")
    (house / "roof.py").write_text("from house.wall import STONES\nTILES = STONES\n")
    (house / "wall.py").write_text("STONES = 2\n")
    assert circle(house) == []
    (house / "wall.py").write_text(f"{back}\nSTONES = 2\n")
    assert sorted(set(circle(house))) == ["house.roof", "house.wall"]
