"""A window for the delegate: one person's day on a phone. It only reads."""
