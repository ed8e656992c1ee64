"""Elections upward: candidates, ballots, the count, reserves; and the credentials report."""
