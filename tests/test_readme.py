"""What the README promises: its script runs, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAX_SCRIPT_LINES = 10


def script() -> str:
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    return code


def test_the_script_makes_a_map_of_the_right_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(re.sub(r"\bcontactline\.", "", script()), "README.md", "exec"), names)
    incidents = names["incidents"]
    [place] = set(incidents["place_id"])  # type: ignore[index]
    assert place == "martuni_nk", "not the larger Martuni in Armenia"
    assert "<html" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_the_script_has_at_most_ten_statements() -> None:
    assert (
        len([line for line in script().splitlines() if line and not line.startswith(("import", "from"))])
        <= MAX_SCRIPT_LINES
    )


def test_every_command_that_is_named_exists() -> None:
    """In code, between back-ticks or in a block, `contactline x` names the command x."""
    code = "\n".join(re.findall(r"```\n(.*?)```", README, re.DOTALL) + re.findall(r"`([^`\n]+)`", README))
    named = set(re.findall(r"^contactline ([a-z]+)", code, re.MULTILINE))
    assert len(named) > 5
    assert named - {path.stem for path in (ROOT / "commands").glob("*.py")} == set()


def test_every_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A command that nobody documents is not found."""
    known = {path.stem for path in (ROOT / "commands").glob("*.py") if not path.stem.startswith("_")}
    assert {name for name in known if f"`contactline {name}" not in README} == set()


def test_every_link_leads_to_a_file() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []
