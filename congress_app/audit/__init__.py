"""The memory of the house: who did what to which subject, when and from where.

Entries are only ever added. Every other chapter writes here through `record`.
"""
