"""What keeps the house standing: processes, backups, figures for a monitor, one page.

It reads the counts of every chapter below it and judges them: each trouble says what to do.
"""
