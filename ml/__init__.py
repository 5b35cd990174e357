"""The FilmAI backend: a process of its own that turns requests into pictures.

It is started by the add-on as a worker, or by a person as a command (``python -m ml --help``).
Apart from ``ml.datagen`` nothing in here imports ``bpy``; nothing outside ``ml.nets``, ``ml.train`` and
``ml.export`` imports ``torch``.
"""
