"""What things are: frozen models and plain values. Knows no disk, no terminal and no clock."""
