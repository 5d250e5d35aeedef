"""A worksheet as one page that can be answered in any browser: its template, style, and script."""
