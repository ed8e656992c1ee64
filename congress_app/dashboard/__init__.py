"""A window for the organiser: figures against caps and deadlines. It only reads."""
