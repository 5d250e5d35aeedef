"""The kinds of prompt, one a file: its own keys, its value's shape, how a line is read, how it shows."""
