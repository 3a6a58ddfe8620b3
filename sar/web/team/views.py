"""The one place that imports the team's modules, so that their views register themselves."""

from sar.web.team import searches
from sar.web.team.blueprint import team

__all__ = ["searches", "team"]
