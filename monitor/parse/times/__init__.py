"""When: dates, ages, and the words for them in many languages."""
