"""The alerts are registered by being imported, with what they listen to."""

from feria_inversa.alertas import convocatorias, resultados  # noqa: F401
