"""Office Open XML workbooks: read with distrust, written for printing and filling in.

Reading is ours, on expat: the fast libraries trust the counts a file claims (one aborts
the whole process on a forged `uniqueCount`), the safe one needs ten times as long.
"""
