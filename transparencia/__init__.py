"""What the platform shows of itself to anybody: the catalogue of open data."""

from transparencia.tareas import hacer_tablas

__all__ = ["hacer_tablas"]
