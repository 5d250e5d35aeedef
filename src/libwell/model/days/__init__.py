"""Reading the days that people type: a small English grammar that would rather refuse than guess."""
