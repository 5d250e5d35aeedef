"""What may happen: pure functions and one small state machine. No disk, no terminal, no clock."""
