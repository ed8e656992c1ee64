"""The commands: thin doors to the same services the pages use.

Each prints words for people, or with `--format json` one JSON document and nothing else
on stdout; exit code 0 done, 2 unreadable input or wrong usage, 3 forbidden by a rule.
"""
