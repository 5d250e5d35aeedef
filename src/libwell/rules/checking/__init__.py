"""Hints for authors: what would help those who answer. A worksheet can be used without looking here."""
