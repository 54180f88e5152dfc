"""The act of opening says what was opened, whatever happens later."""

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from nucleo.bd import transaccion
from nucleo.plantillas import filtro_instante
from tests.feria_inversa.conftest import Feria


def test_el_acta_no_cambia_con_lo_que_se_decide_despues(
    feria: Feria, reloj: Any, cliente: Any, duenio: Engine
) -> None:
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", "700.10"])
    feria.ofertar(feria.beto, id_, [None, "710.0001"])
    direccion = f"/api/v1/convocatorias/{id_}/actas/1"
    antes_de_tiempo = text(
        "INSERT INTO feria_acta (id, convocatoria_id, numero, clase, contenido, huella, hecha_en, hecha_por) "
        "SELECT gen_random_uuid(), :id, 1, 'apertura', '{}', encode(sha256('{}'), 'hex'), now(), 'nadie'"
    )
    with pytest.raises(IntegrityError, match="an act is written when it is done"), duenio.begin() as conexion:
        conexion.execute(antes_de_tiempo, {"id": id_})
    assert cliente.get(direccion).json()["codigo"] == "acta_no_encontrada"
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        acta = abrir_convocatoria(sesion, feria.entidad.actor, id_)
    antes, pagina = cliente.get(direccion), cliente.get(f"/feria/{id_}/acta").text

    dicho = antes.json()
    assert (dicho["numero"], dicho["abrio"], dicho["retiradas"]) == (1, feria.entidad.actor.nombre, 0)
    assert [(o["proveedor"], len(o["lineas"])) for o in dicho["ofertas"]] == [
        ("Cooperativa Ana", 2),
        ("Carpintería Beto", 1),
    ]
    assert '"precio_unitario":710.0001,"total":4260.00' in antes.text
    assert hashlib.sha256(antes.content).hexdigest() == acta.huella == antes.headers["x-acta-sha256"]
    assert acta.huella in pagina
    assert "16.000,00" in pagina
    assert filtro_instante(acta.abierta_en) in pagina
    assert re.search(r"Presentada.>[^<]+, \d\d:\d\d:\d\d</td>", pagina)
    with transaccion() as sesion:
        decisiones = [DecisionEntrada(item_id=i.id, oferta_id=de_ana) for i in feria.items(id_)]
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)
    assert cliente.get(direccion).content == antes.content
    assert cliente.get(f"/feria/{id_}/acta").text.count("Adjudicada") == 0

    with pytest.raises(IntegrityError, match="append-only"), duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_acta SET hecha_por = 'otra persona'"))
