"""The plan of the house, held: who may import whom, no cycles, nothing forbidden, nothing at work on import."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("geo", "layers", "views", "commands")
MAY_IMPORT = {
    "geo": set(),
    "layers": set(),
    "views": {"geo", "layers"},
    "commands": {"geo", "layers"},
    "app": {"geo", "layers", "views"},
    "cli": {"geo", "layers", "commands"},
}
FORBIDDEN = {
    "geo": {"streamlit", "folium", "branca", "typer"},
    "layers": {"streamlit", "typer"},
    "commands": {"streamlit", "folium"},
    "views": {"folium", "typer"},
    "cli": {"streamlit", "folium"},
}
MAX_FILE_LINES = 350
MAX_FUNCTION_LINES = 60


def files_of(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py")) if room in ROOMS else [ROOT / f"{room}.py"]


ALL_FILES = [path for room in MAY_IMPORT for path in files_of(room)]


def imported(path: Path) -> list[tuple[str, int]]:
    """Dotted names imported by a file with the level of the relative import, wherever in the file they stand."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [(alias.name, 0) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.module:
                names.append((node.module, node.level))
            else:  # from . import x
                names += [(alias.name, node.level) for alias in node.names]
    return names


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_that_the_plan_allows(room: str) -> None:
    crossed = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files_of(room)
        for name, level in imported(path)
        if level == 0
        and name.split(".")[0] in {*ROOMS, "app", "cli", "tests", "benchmarks", "contactline"} - MAY_IMPORT[room]
    ]
    assert crossed == []


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_keeps_out_what_is_not_its_business(room: str) -> None:
    crossed = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files_of(room)
        for name, level in imported(path)
        if level == 0 and name.split(".")[0] in FORBIDDEN[room]
    ]
    assert crossed == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_cycle_inside_a_room(room: str) -> None:
    modules = {path.stem: path for path in files_of(room) if path.stem != "__init__"}
    arrows = {
        stem: {name.split(".")[0] for name, level in imported(path) if level == 1} & set(modules) - {stem}
        for stem, path in modules.items()
    }
    while free := [stem for stem, needs in arrows.items() if not needs & set(arrows)]:
        for stem in free:
            del arrows[stem]
    assert arrows == {}, "these import each other in a circle"


def test_rooms_read_nothing_from_each_others_inside() -> None:
    """`from geo.x import _y` would tie a face to an inside that may change."""
    private = [
        f"{path.relative_to(ROOT)}: {node.module}.{alias.name}"
        for path in ALL_FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ROOMS and node.level == 0
        for alias in node.names
        if alias.name.startswith("_")
    ]
    assert private == []


def test_files_and_functions_stay_readable() -> None:
    long = []
    for path in ALL_FILES:
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT)
        if (lines := source.count("\n")) > MAX_FILE_LINES:
            long.append(f"{name}: {lines} lines")
        long += [
            f"{name}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.end_lineno is not None
            and node.end_lineno - node.lineno + 1 > MAX_FUNCTION_LINES
        ]
    assert long == []


@pytest.mark.parametrize("room", ["geo", "layers"])
def test_the_public_names_are_all_there_and_sorted(room: str) -> None:
    package = __import__(room)
    assert list(package.__all__) == sorted(package.__all__)
    assert [name for name in package.__all__ if not hasattr(package, name)] == []


@pytest.mark.parametrize("room", ["geo", "layers"])
def test_the_public_names_are_public_where_they_live(room: str) -> None:
    """A name in `__init__.pyi` stands in the `__all__` of its module."""
    stub = ast.parse((ROOT / room / "__init__.pyi").read_text(encoding="utf-8"))
    missing = [
        f"{room}.{node.module}.{alias.name}"
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name not in __import__(f"{room}.{node.module}", fromlist=["__all__"]).__all__
    ]
    assert missing == []
