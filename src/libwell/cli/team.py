"""`libwell team`: what many people shared, brought together; one module a verb."""

from __future__ import annotations

from libwell.cli import team_plan, team_report, team_status, team_told, team_trend
from libwell.cli.app import Verbs

group = Verbs(help="Bring together what many people shared with `libwell share`: one plan, one report.")
group.command("plan")(team_plan.command)
group.command("report")(team_report.command)
group.command("status")(team_status.command)
group.command("told")(team_told.command)
group.command("trend")(team_trend.command)
