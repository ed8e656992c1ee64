"""The shared ground: errors, time, Vietnamese text, partial dates, permissions.

Everything may import it; it imports only the standard library.
It knows nothing of congresses, pages or tables.
"""
