"""From an item to the questions that one student gets."""
