"""The nearest name to one that was not found, as the rules and the floors above them use it."""

from __future__ import annotations

from libwell.model.nearest import did_you_mean

__all__ = ["did_you_mean"]
