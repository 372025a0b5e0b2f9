"""`make bench`: run every benchmark of this folder, or those named, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Print each benchmark's table under its name; exit 1 when one fails."""
    known = sorted(path.stem for path in HERE.glob("*.py") if has_main(path))
    wanted = sys.argv[1:] or known
    if unknown := sorted(set(wanted) - set(known)):
        sys.exit(f"no benchmark {', '.join(unknown)}; there are: {', '.join(known)}")
    failed = []
    for name in wanted:
        print(f"\n## {name}\n", flush=True)
        if subprocess.call([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent):
            failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def has_main(path: Path) -> bool:
    """Whether the file can be run: others only hold what several benchmarks share."""
    return not path.stem.startswith("_") and 'if __name__ == "__main__":' in path.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
