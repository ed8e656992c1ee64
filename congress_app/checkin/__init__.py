"""Who is here: scans that are only ever added, and presence as their fold.

One pure decision says whether a badge is admitted; nothing else decides it.
"""
