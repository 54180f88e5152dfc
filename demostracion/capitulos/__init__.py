"""The story of the demonstration, one chapter for each room."""

from demostracion.capitulos.sembrar import sembrar_todo

__all__ = ["sembrar_todo"]
