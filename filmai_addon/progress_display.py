"""Keeps the windows up to date: redraws our panels, and says in the status bar how far the jobs are.

The status bar, since it is seen whichever sidebar is open, and since Blender's other progress display takes
the mouse pointer away from somebody who goes on working.
"""

import time

import bpy

from .core.job_rows import JobRow
from .translations.speaking import said

__all__ = ["ProgressDisplay"]

_LINGER_SECONDS = 4.0
_AREAS = frozenset({"VIEW_3D", "IMAGE_EDITOR", "PREFERENCES", "SEQUENCE_EDITOR"})


class ProgressDisplay:
    """What is shown of the jobs outside of the panels."""

    def __init__(self) -> None:
        self.fraction = 0.0
        """How far the running job is, 0 to 1."""
        self._text: str | None = None
        self._linger_until: float | None = None

    @property
    def is_lingering(self) -> bool:
        """True while the end of the last job is still shown."""
        return self._linger_until is not None

    def show(self, rows: tuple[JobRow, ...]) -> None:
        """Bring the status bar up to date; ``rows`` are all jobs, oldest first."""
        running = [row for row in rows if row.is_open]
        if running:
            self.fraction = running[0].fraction
            self._linger_until = None
            waiting = " " + said(f"({len(running) - 1} waiting)") if len(running) > 1 else ""
            self._set_text(f"FilmAI: {running[0].title}: {running[0].status}{waiting}")
        elif self._text is not None:
            self._let_last_row_linger(rows)

    def redraw(self) -> None:
        """Redraw our panels in every window."""
        for window in bpy.context.window_manager.windows:
            for area in window.screen.areas:
                if area.type in _AREAS:
                    for region in area.regions:
                        if region.type == "UI" or area.type == "PREFERENCES":
                            region.tag_redraw()

    def clear(self) -> None:
        """Give the status bar back."""
        self._linger_until = None
        if self._text is not None:
            self._set_text(None)

    def _let_last_row_linger(self, rows: tuple[JobRow, ...]) -> None:
        now = time.monotonic()
        if self._linger_until is None:
            self._linger_until = now + _LINGER_SECONDS
            last = rows[-1]
            self._set_text(f"FilmAI: {last.title}: {last.state_label}. {last.status}")
        elif now >= self._linger_until:
            self.clear()

    def _set_text(self, text: str | None) -> None:
        if bpy.app.background or text == self._text:
            self._text = text
            return
        self._text = text
        for window in bpy.context.window_manager.windows:
            # a tool that is being used says there which keys it knows
            if text is None or len(window.modal_operators) == 0:
                with bpy.context.temp_override(window=window):
                    window.workspace.status_text_set(text)
