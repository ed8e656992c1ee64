"""What happens when: sessions, their items in order, and the speeches.

Times follow from the order and the minutes; an item may be pinned to a time.
"""
