"""Who is worth honouring: exemplars (điển hình tiên tiến), their awards, the criteria.

An exemplar is a collective or an individual on the way from detected to replicated; the
criteria say, with reasons, whether it qualifies, does not, or cannot be told yet.
"""
