"""A draft: one event as one claimant tells it, before it is made a claim."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .figures import Figure
from .mentions import Mention
from .moments import Moment
from .scenes import Scene
from .speakers import Speaker
from .triggers import Trigger

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """Filled in step by step while a report is read; `inferred` has no event word of its own."""

    scene: Scene
    event_type: str
    place: Mention | None
    start: dt.date
    end: dt.date
    prec: int
    trigger: Trigger
    moment: Moment | None = None
    speaker: Speaker | None = None
    vague: bool = False
    inferred: bool = False
    denied_by: str | None = None
    denial: tuple[int, int] | None = None
    confirmed: bool = False
    corrected: bool = False
    retold: bool = False  # told only by who denies it
    credence: float = 1.0  # how likely it is right (geo/credence.py)
    dead: list[Figure] = field(default_factory=list)
    wounded: list[Figure] = field(default_factory=list)

    @property
    def claimant(self) -> str | None:
        """Who says so."""
        return self.speaker.actor_id if self.speaker else None

    @property
    def side(self) -> str | None:
        """The side of who says so."""
        return self.speaker.side if self.speaker else None
