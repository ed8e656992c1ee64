"""What is called and by which rules: seasons, rulebooks, congresses and their life.

A rulebook is data that an organiser copies and edits; a congress freezes the one it
adopts. Dates outside the rulebook's windows warn and never block; caps block.
"""
