"""Who comes and by which right: persons, delegates, their grounds and delegations.

One person is one delegate of a congress with one counted category and any number of
grounds. Caps and quotas hold on every path, because every path ends in `services.register`.
"""
