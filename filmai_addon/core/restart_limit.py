"""Keeps a worker that dies again and again from being started for ever."""

__all__ = ["RestartLimit"]


class RestartLimit:
    """Allows ``max_deaths`` deaths within ``window_seconds``; then the next start has to wait."""

    def __init__(self, max_deaths: int = 3, window_seconds: float = 60.0) -> None:
        self._max_deaths = max_deaths
        self._window_seconds = window_seconds
        self._deaths: list[float] = []

    def record_death(self, now_seconds: float) -> None:
        """A worker died without having been told to."""
        self._deaths.append(now_seconds)

    def wait_seconds(self, now_seconds: float) -> float:
        """How long a start has to wait; 0 when it may happen now."""
        self._deaths = [death for death in self._deaths if now_seconds - death < self._window_seconds]
        if len(self._deaths) < self._max_deaths:
            return 0.0
        return self._deaths[-self._max_deaths] + self._window_seconds - now_seconds
