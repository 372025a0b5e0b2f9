"""The command line as a user meets it: a process of its own, in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = sorted(path.stem for path in (ROOT / "commands").glob("*.py") if not path.stem.startswith("_"))
FOLDERS = ("CONTACTLINE_CACHE", "CONTACTLINE_DATA")


def contactline(*arguments: str, folder: Path, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder that holds nothing of the checkout."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": "", "COLUMNS": "120", "PYTHONUTF8": "1", **{name: os.environ[name] for name in FOLDERS}},
    )


def test_help_lists_every_command_with_a_line_that_says_what_it_does(tmp_path: Path) -> None:
    shown = contactline("--help", folder=tmp_path)
    assert shown.returncode == 0
    for command in COMMANDS:
        assert re.search(rf"[│ ] {command}\s+\w+\S* \w+", shown.stdout), f"{command}: no words in the help"


def test_help_does_not_load_what_only_work_needs(tmp_path: Path) -> None:
    """Else help would take seconds: none of the heavy libraries may be imported for it."""
    code = (
        "import sys; sys.argv = ['contactline', '--help']; import cli\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'geopandas', 'folium', 'streamlit', 'sqlalchemy', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, tmp_path: Path) -> None:
    shown = contactline(command, "--help", folder=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert f"contactline {command}" in shown.stdout


def test_a_wrong_call_is_exit_code_2(tmp_path: Path) -> None:
    assert contactline("no-such-command", folder=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["code", "missing.txt"], "missing.txt"),
        (["code", "undated.txt"], "--published"),
        (["code", "undated.txt", "--theatre", "atlantis"], "atlantis"),
        (["map", "missing.geojson", "-o", "map.html"], "missing.geojson"),
        (["map", "no-table.geojson", "-o", "map.html"], "no-table.geojson"),
    ],
)
def test_bad_input_is_one_line_that_names_it_and_exit_code_1(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Shells fell on the town of Martuni.", encoding="utf-8")
    (tmp_path / "no-table.geojson").write_text("{}", encoding="utf-8")
    run = contactline(*arguments, folder=tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert len(run.stderr.splitlines()) == 1, run.stderr
    assert said in run.stderr
    assert run.stdout == ""
