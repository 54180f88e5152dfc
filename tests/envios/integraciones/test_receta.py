"""The recipe of events in bulk does what it says."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from envios.eventos.consultas import eventos_de
from nucleo.reloj import ZONA, ahora
from tests.envios.conftest import Reparto

RECETAS = Path(__file__).parents[3] / "docs" / "recetas.md"


def test_la_receta_de_eventos_en_masa(
    sesion: Session, reparto: Reparto, nuevo_cliente: Any, token_de_cliente: Any
) -> None:
    texto = RECETAS.read_text("utf-8").partition("## Events in bulk")[2]
    hallado = re.search(r"```python\n(.*?)```", texto, re.DOTALL)
    assert hallado is not None
    envios = [reparto.enviar() for _ in range(3)]
    cuando = (ahora() - timedelta(hours=1)).astimezone(ZONA).isoformat()
    nombres: dict[str, Any] = {
        "cliente": nuevo_cliente(
            headers={"Authorization": f"Bearer {token_de_cliente(reparto.correos_id, 'envios')}"}
        ),
        "operador_id": str(reparto.correos_id),
        "leidos": [*((e.numero, cuando) for e in envios), ("RR473124829BO", cuando)],
    }
    for _vez in range(2):
        exec(hallado[1], nombres)
        assert nombres["rechazados"] == [("turno-7/3", "No hay un envío con ese número.")]
        for envio in envios:
            assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA"]
        sesion.rollback()
