"""Long work with progress: one row a job, done by a thread of the serving process.

A page starts a job and shows how far it is; the job's own use case commits its result.
A job whose process died is told apart by its silent heartbeat.
"""
