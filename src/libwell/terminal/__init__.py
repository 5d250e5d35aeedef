"""The only rooms that read keys or draw."""
