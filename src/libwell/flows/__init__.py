"""What a person does, from end to end: the only floor that joins storage, terminal and export."""
