"""Start the dashboard on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()

APP = Path(__file__).resolve().parent.parent / "app.py"
LOOK = {"base": "light", "primaryColor": "#1f5673", "backgroundColor": "#ffffff", "secondaryBackgroundColor": "#f4f6f7"}


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    host: Annotated[
        str, typer.Option(help="Address to listen on; only this machine unless you say otherwise.")
    ] = "127.0.0.1",
    headless: Annotated[bool, typer.Option(help="Do not open a browser.")] = True,
) -> None:
    """Start the dashboard. It asks no other machine for anything; coded reports stay in your data folder."""
    typer.echo(f"contactline: dashboard on http://{host}:{port} (Ctrl-C stops it)")
    call = streamlit_call(host, port, headless)
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(call[0], call)  # become the server, so that stopping this process stops it
    raise typer.Exit(subprocess.call(call))


def streamlit_call(host: str, port: int, headless: bool) -> list[str]:
    """The call of Streamlit: flags instead of a config file, so that the wheel behaves like the checkout.

    `-P` keeps the folder of the user out of the way: a `click.py` in it would be taken for the library.
    """
    options = {
        "server.address": host,
        "server.port": port,
        "server.headless": headless,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 100,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        **{f"theme.{name}": value for name, value in LOOK.items()},
    }
    flags = [f"--{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in options.items()]
    return [sys.executable, "-P", "-m", "streamlit", "run", str(APP), *flags]
