"""The paper proof: a badge with a random code that means nothing without our tables."""
