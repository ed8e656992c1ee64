"""The devices that report presence: pairing by a one-time code, scans over the API.

A device holds a token that is worth one congress and nothing else.
"""
