"""The kinds of papers, one file each, on the base of `base.py`."""
