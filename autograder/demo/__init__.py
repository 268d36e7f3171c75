"""A class that was never taught: sixty submissions with realistic slips, and their quiz answers."""
