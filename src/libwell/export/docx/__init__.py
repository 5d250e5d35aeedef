"""A Document as a Word file: its words, its tables, and the file around them."""
