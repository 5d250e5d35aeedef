"""A Document to text, one format a file. Opens nothing, prints nothing."""
