"""Who may enter: users, their grants, their sessions.

It hands an `Actor` to the guards and is imported by nobody but the roof.
"""
