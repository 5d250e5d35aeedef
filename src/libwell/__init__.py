"""libwell: guided self-assessment and action planning for library staff."""

__version__ = "0.1.0"
