"""From movies, image sequences and pictures to what the networks of shots take in. Never torch, never a model.

The same code serves training renders and real film, so that the network meets what it was trained on. ``av`` is
imported here and nowhere else.
"""
