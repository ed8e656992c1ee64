"""Who exists: the tree of units from the sector down to a district office's department.

A unit has a kind, a parent, a place in the protocol order and a headcount with its
source. Emulation clusters group units a second time, across the tree.
"""
