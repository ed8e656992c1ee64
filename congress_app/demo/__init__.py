"""The demonstration season: synthetic, deterministic, plausible; never mixed with real data."""
