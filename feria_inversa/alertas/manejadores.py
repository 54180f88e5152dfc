"""The alerts are registered by being imported, with what they listen to."""

import feria_inversa.alertas.convocatorias
import feria_inversa.alertas.resultados  # noqa: F401
