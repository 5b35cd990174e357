"""Draws, and no more: reads properties and finished lines, computes nothing, opens no file."""
