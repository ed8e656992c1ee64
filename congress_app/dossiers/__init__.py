"""What outlives a congress and what does not: dossiers, purge, and the rights of a person."""
