"""Characters by parameters: who they are, their solids in three dimensions, and the guide that is drawn of these.

numpy only: the renders that networks learn from and the worker that asks the networks share it.
"""
