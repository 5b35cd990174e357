"""Recipes of materials, written once as formulas: Blender's shader nodes render them, numpy draws their guides.

``families`` holds a recipe per material family, ``graph`` the arithmetic that recipes are written in. A graph
either builds nodes (``ml.datagen.nodes``) or evaluates arrays (``arrays``). numpy only.
"""
