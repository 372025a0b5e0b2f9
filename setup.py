"""Building: what reads is compiled with mypyc, in a wheel and in a checkout; without a compiler all stays plain.

What is what stands in pyproject.toml. `python setup.py compile` compiles a checkout again after a change;
CONTACTLINE_COMPILE=0 leaves it out.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

from setuptools import Command, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
GEO = ROOT / "geo"
NAMES = ("geo", "contactline.geo")  # the package's name beside the faces, and the one that users import
MODULES = (
    "cues",
    "evidence",
    "folding",
    "gazetteer",
    "guards",
    "layered",
    "lexicons",
    "matching",
    "mentions",
    "names",
    "openings",
    "parties",
    "places",
    "reading",
    "recognition",
    "roles",
    "sentence_kinds",
    "sound",
    "tags",
    "text",
    "uncased",
)
# what mypyc is run with, in a folder where the package has the name that it is compiled for
SCRIPT = """
import sys
from mypyc.build import mypycify
from setuptools import setup
shared, out, *paths = sys.argv[1:]
flags = ["--config-file=", "--ignore-missing-imports", "--follow-imports=skip", "--no-warn-unused-ignores"]
modules = mypycify([*flags, *paths], opt_level="3", debug_level="0", group_name=shared)
setup(name="compiled", packages=[], ext_modules=modules, script_args=["-q", "build_ext", "--build-lib", out])
"""


@functools.cache
def compiled(name: str) -> Path | None:
    """A folder with the modules compiled for a package name, or None, said aloud, where that cannot be done."""
    if os.environ.get("CONTACTLINE_COMPILE") == "0":
        return None
    folder = Path(tempfile.mkdtemp(prefix="contactline-"))
    package = folder.joinpath("source", *name.split("."))
    shutil.copytree(GEO, package, ignore=shutil.ignore_patterns("_compiled", "__pycache__"))
    for parent in package.relative_to(folder / "source").parents:
        if parent.parts:
            (folder / "source" / parent / "__init__.py").touch()
    shared = f"contactline_{name.replace('.', '_')}"
    paths = [str((package / f"{module}.py").relative_to(folder / "source")) for module in MODULES]
    command = [sys.executable, "-c", SCRIPT, shared, str(folder / "out"), *paths]
    done = subprocess.run(command, cwd=folder / "source", capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"not compiled, reading will be slower: {(done.stderr or done.stdout).strip()[-2000:]}\n")
        return None
    made = folder / "out" / package.relative_to(folder / "source")
    for library in (folder / "out").glob(f"{shared}__mypyc*"):
        shutil.move(library, made / library.name)
    digest_of = _own("digest_of")
    sources = {module: digest_of(GEO / f"{module}.py") for module in MODULES}
    manifest = {"shared": f"{shared}__mypyc", "modules": sources}
    (made / "modules.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return made


def _own(name: str) -> Any:
    """A function of geo/compiled.py, loaded by itself, as what `geo` needs may not be there."""
    spec = importlib.util.spec_from_file_location("compiled", GEO / "compiled.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


def put_into(geo: Path, names: tuple[str, ...]) -> None:
    """Lay the compiled modules into a folder `geo`, for each name of the package."""
    with ThreadPoolExecutor() as pool:
        folders = list(pool.map(compiled, names))
    for name, made in zip(names, folders, strict=True):
        there = geo / "_compiled" / name
        shutil.rmtree(there, ignore_errors=True)
        if made is not None:
            shutil.copytree(made, there)


class BuildPy(build_py):
    """Python files, then the compiled ones beside them; into the checkout itself where that is what gets installed."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            put_into(GEO, NAMES[:1])
        else:
            put_into(Path(self.build_lib) / "contactline" / "geo", NAMES)


class Wheel(bdist_wheel):
    """A wheel for this machine where it holds machine code, else one for all."""

    def finalize_options(self) -> None:
        super().finalize_options()
        with ThreadPoolExecutor() as pool:
            self.root_is_pure = not any(pool.map(compiled, NAMES))


class Compile(Command):
    """`python setup.py compile`: compile the checkout's modules again if one has changed."""

    user_options: ClassVar[list[tuple[str, str | None, str]]] = []

    def initialize_options(self) -> None:
        """Nothing to set."""

    def finalize_options(self) -> None:
        """Nothing to set."""

    def run(self) -> None:
        if _own("compiled_folder")(NAMES[0], GEO) is None:
            put_into(GEO, NAMES[:1])


setup(cmdclass={"build_py": BuildPy, "bdist_wheel": Wheel, "compile": Compile})
