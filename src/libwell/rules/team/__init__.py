"""Many shared responses as one: a tally that can be merged, one report, one plan, nobody singled out."""
