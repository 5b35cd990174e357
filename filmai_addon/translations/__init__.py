"""FilmAI's texts in other languages: the catalogue, and how finished sentences are translated. No bpy but in
``speaking``.
"""
