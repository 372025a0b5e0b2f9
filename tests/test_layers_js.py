"""The scripts of the page have their own tests, in tests/js, run by Node."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import node

from layers.assets import MODULES, our_js

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "layers" / "assets" / "js"


def test_the_scripts_pass_their_own_tests() -> None:
    tests = sorted((ROOT / "tests" / "js").glob("*.test.mjs"))
    assert tests
    done = subprocess.run([node(), "--test", *tests], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_the_bundle_holds_every_module_after_those_it_needs() -> None:
    assert sorted(f"{name}.mjs" for name in MODULES) == sorted(path.name for path in SCRIPTS.glob("*.mjs"))
    for place, name in enumerate(MODULES):
        text = (SCRIPTS / f"{name}.mjs").read_text("utf-8")
        needs = re.findall(r'^import .*? from "\./(\w+)\.mjs";', text, re.MULTILINE | re.DOTALL)
        late = [n for n in needs if MODULES.index(n) > place]
        assert not late, f"{name}.mjs needs {late}, which comes later in the bundle"


def test_the_bundle_is_one_script_that_ends_no_element() -> None:
    script = our_js()
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)
    assert "</script" not in script.lower()
    assert "<!--" not in script


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.mjs")), ids=lambda p: p.name)
def test_no_script_turns_text_into_code_or_markup(path: Path) -> None:
    text = path.read_text("utf-8")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch("):
        assert word not in text, f"{path.name} uses {word}"
    assert len(text.splitlines()) <= 350


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.mjs")), ids=lambda p: p.name)
def test_every_script_is_sound_and_imports_no_more_than_it_uses(path: Path) -> None:
    done = subprocess.run([node(), "--check", path], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    text = path.read_text("utf-8")
    for line, names in re.findall(r"^(import \{([^}]*)\} from .*)$", text, re.MULTILINE):
        rest = text.replace(line, "")
        unused = [name for name in re.findall(r"\w+", names) if not re.search(rf"\b{name}\b", rest)]
        assert not unused, f"{path.name} does not use {unused}"


def test_no_two_modules_use_one_name_at_their_top() -> None:
    """In the bundle all modules share one scope, where a second function of a name would quietly replace the first."""
    found: dict[str, str] = {}
    for name in MODULES:
        text = (SCRIPTS / f"{name}.mjs").read_text("utf-8")
        tops = r"^(?:export )?(?:async )?(?:function\*?|class|const|let) +(\w+)"
        for top in re.findall(tops, text, re.MULTILINE):
            assert top not in found, f"{name}.mjs and {found[top]}.mjs both define {top}"
            found[top] = name
