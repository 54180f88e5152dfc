"""What one may be told of the State's calls: the new ones, and what was decided of them."""

from feria_inversa.alertas.convocatorias import CODIGO as CONVOCATORIAS
from feria_inversa.alertas.criterios import Criterios, criterios_de, en_palabras
from feria_inversa.alertas.enlaces import enlaces_de, para_avisarme
from feria_inversa.alertas.resultados import CODIGO as RESULTADOS

__all__ = [
    "CONVOCATORIAS",
    "RESULTADOS",
    "Criterios",
    "criterios_de",
    "en_palabras",
    "enlaces_de",
    "para_avisarme",
]
