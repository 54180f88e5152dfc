"""What the act of an opening of sealed bids says and does not, and that an opening is whole or none."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from empresa_digital.registro import Facultad
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura import acta as acta_de_apertura
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.ofertas import retirar_oferta
from feria_inversa.ofertas.verificar import verificar_selladas
from nucleo.bd import transaccion
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.llaves.ayudas import Guarda, entregar, resguardo
from tests.feria_inversa.ofertas.test_selladas import cerrar, dicho_de, lineas_de, mandar


@pytest.fixture
def guardas(feria: Feria) -> list[Guarda]:
    return resguardo(feria)


def reescribir(duenio: Engine, contenido: dict[str, Any]) -> None:
    """As the owner of the database: the only act says something else."""
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_acta DISABLE TRIGGER USER"))
        conexion.execute(
            text("UPDATE feria_acta SET contenido = :dicho, huella = encode(sha256(:octetos), 'hex')"),
            {"dicho": (dicho := json.dumps(contenido)), "octetos": dicho.encode()},
        )
        conexion.execute(text("ALTER TABLE feria_acta ENABLE TRIGGER USER"))


def abierta_con_de_todo(feria: Feria, guardas: list[Guarda], reloj: Any) -> tuple[UUID, dict[str, UUID]]:
    """One bid that counts, one invalid, one withdrawn, and one that another replaced."""
    id_ = feria.publicada().id
    ofertas = {
        "retirada": mandar(id_, feria.beto, dicho_de(lineas_de(feria, id_, "420.00"))),
        "reemplazada": mandar(id_, feria.ana, dicho_de(lineas_de(feria, id_, "410.00"))),
    }
    with transaccion() as sesion:
        retirar_oferta(sesion, feria.beto.actor, ofertas["retirada"])
    ofertas["vigente"] = mandar(id_, feria.ana, dicho_de(lineas_de(feria, id_, "400.00")), reemplazar=True)
    ofertas["invalida"] = mandar(id_, feria.crear_parte("Rival"), b"Bs 12")
    cerrar(reloj)
    entregar(guardas[0], id_)
    assert entregar(guardas[1], id_) is not None
    return id_, ofertas


def test_el_acta_da_cuenta_de_cada_oferta(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any, duenio: Engine
) -> None:
    """Of those that nobody opened too: a leaf of the log that is in no act is missed, one by one."""
    _id, ofertas = abierta_con_de_todo(feria, guardas, reloj)
    contenido = json.loads(sesion.exec(select(Acta.contenido)).one())
    huellas = {estado: sesion.get_one(Oferta, id_).huella for estado, id_ in ofertas.items()}
    assert contenido["cerradas"] == {
        "caducada": [],
        "reemplazada": [huellas["reemplazada"]],
        "retirada": [huellas["retirada"]],
    }
    assert verificar_selladas(sesion) == []
    cuce = contenido["cuce"]
    sesion.rollback()
    for estado, sin in (
        ("invalida", contenido | {"invalidas": []}),
        ("retirada", contenido | {"cerradas": contenido["cerradas"] | {"retirada": []}}),
    ):
        reescribir(duenio, sin)
        assert verificar_selladas(sesion) == [
            f"el acta de {cuce} no da cuenta de la oferta {ofertas[estado]}, {estado}"
        ]
        sesion.rollback()


def test_ninguna_apertura_queda_a_medias(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """As the application's role: not in the middle, nor passed without its act."""
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    cerrar(reloj)
    abrir = text(
        "UPDATE feria_convocatoria SET estado = 'apertura', abierto_en = nucleo_ahora() WHERE id = :id"
    )
    seguir = text("UPDATE feria_convocatoria SET estado = 'evaluacion' WHERE id = :id")
    for ordenes in ((abrir,), (abrir, seguir)):
        for orden in ordenes:
            sesion.connection().execute(orden, {"id": id_})
        with pytest.raises(DBAPIError, match="an opening ends with its act"):
            sesion.commit()
        sesion.rollback()
    entregar(guardas[0], id_)
    assert entregar(guardas[1], id_) is not None


@pytest.mark.parametrize(
    "de_mas",
    [
        b'{"version":1,"sal":"%s","publicidad":"Compre aqui","lineas":%s}',
        b'{"version":1,"sal":"%s","lineas":["Compre aqui"],"lineas":%s}',
        b'{"version":1,"sal":"corta%.9s","lineas":%s}',
    ],
)
def test_lo_que_no_es_la_oferta_no_va_al_acta(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any, de_mas: bytes
) -> None:
    id_ = feria.publicada().id
    lineas = json.dumps(lineas_de(feria, id_, "400.00")).encode()
    mandar(id_, feria.ana, de_mas % (b"ab" * 32, lineas))
    cerrar(reloj)
    entregar(guardas[0], id_)
    acta = entregar(guardas[1], id_)
    assert acta is not None
    assert [i.falla for i in acta.invalidas] == ["Lo que dice el sobre no es una oferta."]
    assert "Compre aqui" not in sesion.exec(select(Acta.contenido)).one()


def test_las_paginas_no_leen_el_acta(
    feria: Feria, guardas: list[Guarda], reloj: Any, sesion_web: Any, monkeypatch: Any
) -> None:
    """It is as long as all the envelopes together; only its own page does. And who fell reads why."""
    id_, ofertas = abierta_con_de_todo(feria, guardas, reloj)
    with transaccion() as sesion:
        rival = sesion.get_one(Oferta, ofertas["invalida"])
        assert rival.falla == "Lo que dice el sobre no es una oferta."
        feria.mandato(rival.unidad_id, feria.ana.persona, Facultad.OFERTAR)
    navegador = sesion_web(feria.ana.persona)

    def no(_acta: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(acta_de_apertura, "leer_acta", no)
    pagina = navegador.get(f"/feria/{id_}")
    assert pagina.status_code == 200
    assert "Los depositarios de la llave abrieron los sobres" in pagina.text
    recibo = navegador.get(f"/ofertas/{ofertas['invalida']}")
    assert "Lo que dice el sobre no es una oferta." in recibo.text
    assert navegador.get(f"/api/v1/convocatorias/{id_}").json()["ofertas_recibidas"] == 1
