"""Each rule that there is has its words in the document of a call."""

from datetime import date

import pytest

from feria_inversa.documentos.dbc.plantillas import nombre_de_regla, valor_en_palabras
from feria_inversa.reglas import Clave, Valor


@pytest.mark.parametrize("clave", list(Clave))
def test_cada_regla_tiene_palabras(clave: Clave) -> None:
    valor = Valor(600, confirmado=False, fuente="DS 0181", nota="", vigente_desde=date(2020, 1, 1))
    assert nombre_de_regla(clave)
    assert valor_en_palabras(clave, valor)
