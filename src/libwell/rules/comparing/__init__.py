"""Then and now: two responses to one worksheet, side by side."""
