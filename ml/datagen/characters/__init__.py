"""Characters for training: the solids of ``ml.characters``, rendered in full."""
