"""Open contracting data: each act publishes a release, kept as it was published; files by month."""

from feria_inversa.datos_abiertos import conjunto as conjunto  # it registers what is published
from feria_inversa.datos_abiertos.publicar import leer, poner_al_dia  # it registers who notes an act
from feria_inversa.datos_abiertos.tareas import hacer_meses

__all__ = ["hacer_meses", "leer", "poner_al_dia"]
