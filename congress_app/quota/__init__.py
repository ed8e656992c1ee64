"""How many delegates each unit elects, and why: the engine, its versions, its approvals.

The engine is pure and exact; a version once approved binds registration and elections.
"""
