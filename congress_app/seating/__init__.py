"""Seating of the hall: halls as rows and seats, blocks, the proposal, moves by hand."""
