"""Who only acts with others: the unit is theirs to see named, to find and to defend, as anybody's of it."""

import re
from collections.abc import Callable
from typing import Any

from empresa_digital.registro.recuperacion.recuperar import abrir_recuperacion, objetar_recuperacion
from nucleo.bd import transaccion
from pagos import cuenta_de_unidad
from tests.registro.actos.conftest import Colectiva, leer
from tests.registro.conftest import Autoridad


def test_su_unidad_se_ve_y_dice_que_puede_con_otras_firmas(
    colectiva: Colectiva, sesion_web: Callable[..., Any]
) -> None:
    c = colectiva
    web = sesion_web(c.personas["beto"])
    una = web.get(f"/mis-unidades/{c.unidad.numero}")
    assert (una.status_code, "Con otras firmas, puede: pagar." in una.text) == (200, True)
    assert "Con otras firmas, puede: pagar." in web.get("/mis-unidades").text


def test_en_su_panel_esta_la_unidad(colectiva: Colectiva, sesion_web: Callable[..., Any]) -> None:
    """With what may be begun by one and signed by others: its money."""
    with transaccion() as sesion:
        cuenta_de_unidad(sesion, colectiva.unidad.id)
    panel = sesion_web(colectiva.personas["beto"]).get("/panel").text
    assert re.search(r"<h2[^>]*>Cooperativa Conjunta</h2>", panel)


def test_se_opone_a_la_recuperacion(colectiva: Colectiva, autoridad: Autoridad) -> None:
    """She was told of it as everybody of the unit; her no counts as theirs."""
    c = colectiva
    with transaccion() as sesion:
        fila = abrir_recuperacion(
            sesion,
            autoridad.actor,
            c.unidad.id,
            causa="disputa",
            motivo="Acta notarial 12",
            cedula=c.personas["eva"].ci,
            quita=[],
        )
    with transaccion() as sesion:
        objetar_recuperacion(sesion, c.actor("beto"), fila.id, "No hubo asamblea")
    assert leer("SELECT estado, objetada_por FROM registro_recuperacion") == [
        ("objetada", c.personas["beto"].id)
    ]
