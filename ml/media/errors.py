"""What can be wrong with a medium; one broken clip is no reason to fail the job. Standard library only."""

from typing import Literal

__all__ = ["MediaCode", "MediaError"]

MediaCode = Literal["MEDIA_MISSING", "MEDIA_UNREADABLE", "NO_VIDEO", "NO_FRAMES"]


class MediaError(Exception):
    """``message`` says what happened and what to do next, without the clip's name; ``detail`` may be empty."""

    def __init__(self, code: MediaCode, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.code: MediaCode = code
        self.message = message
        self.detail = detail
