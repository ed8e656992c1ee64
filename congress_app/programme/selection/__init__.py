"""Which speeches to hear: an optimum under a budget of minutes, with its reasons.

A `Problem` is read from JSON or from the register, HiGHS finds the best plan, and a checker
that shares no code with the model looks at it again. Beside the plan stand the next best
ones, what forcing each other speech in would cost, and, when nothing fits, why not.
"""
