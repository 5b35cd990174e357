"""Shot lists as files: subtitles, tables, edit lists, a contact sheet. Standard library and pysubs2 only.

The command line and Blender's panel write the same files through here.
"""
