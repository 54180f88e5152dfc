"""What was said at the mesa de negociación: signed, public, and no bid is another for it."""

import json
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from feria_inversa.actos.modelos import Acta
from feria_inversa.evaluacion.consultas import adjudicaciones_de
from feria_inversa.evaluacion.esquemas import DichoEntrada, MesaEntrada, RebajaEntrada
from feria_inversa.evaluacion.mesa import anotar_mesa
from feria_inversa.papeles.errores import SinPapel
from feria_inversa.procesos.errores import EstadoNoPermite
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import compilado
from tests.feria_inversa.evaluacion.test_informe import Evaluacion, firmar
from tests.feria_inversa.evaluacion.test_informe import abierta as abierta

PRESENTES = ["Ana Prueba, por la cooperativa", "Beto Prueba, por su carpintería"]
DICHO = "Ana ofrece entregar en dos partes."


def mesa(
    abierta: Evaluacion, quien: Actor, precio: str | None = "85", oferta: Any = None
) -> Acta | Propuesto:
    rebajas = []
    if precio is not None:
        rebajas = [RebajaEntrada(oferta_id=oferta or abierta.ana, precio_unitario=bs(precio))]
    datos = MesaEntrada(
        presentes=PRESENTES, dichos=[DichoEntrada(item_id=abierta.item, dicho=DICHO, rebajas=rebajas)]
    )
    with transaccion() as sesion:
        return anotar_mesa(sesion, quien, abierta.id, datos)


def escritas(abierta: Evaluacion) -> list[dict[str, Any]]:
    with transaccion() as sesion:
        consulta = select(Acta.contenido).where(Acta.convocatoria_id == abierta.id, Acta.clase == "mesa")
        return [json.loads(contenido, parse_float=Decimal) for contenido in sesion.exec(consulta)]


def test_es_publica_y_no_cambia_ninguna_oferta(
    abierta: Evaluacion, sesion: Session, cliente: Any, sesion_web: Any
) -> None:
    entidad = sesion_web(abierta.feria.entidad.persona)
    ruta = f"/compras/{abierta.id}/mesa"
    assert "no cambia ninguna oferta" in entidad.get(ruta).text
    datos = {"presentes": "\n".join(PRESENTES), "dichos.1.dicho": DICHO, "rebajas.1.precio": "85,5"}
    assert entidad.post(ruta, data=datos).headers["location"] == f"/compras/{abierta.id}"
    (dicha,) = escritas(abierta)
    (de_la_silla,) = dicha["items"]
    assert (dicha["presentes"], de_la_silla["dicho"], dicha["numero"]) == (PRESENTES, DICHO, 2)
    assert de_la_silla["rebajas"] == [
        {
            "oferta_id": str(abierta.ana),
            "proveedor": "Cooperativa Ana",
            "ofertado": Decimal("90.00"),
            "dijo": Decimal("85.50"),
        }
    ]
    assert "no cambia ninguna oferta" in dicha["efecto"]
    publica = cliente.get(f"/feria/{abierta.id}").text
    assert "Mesa de negociación del" in entidad.get(f"/compras/{abierta.id}").text
    assert "Cooperativa Ana ofertó Bs 90,00 y dijo Bs 85,50." in publica.replace("\xa0", " ")
    assert PRESENTES[0] in publica
    sesion.rollback()
    documentos = compilado(sesion, abierta.id)["tender"]["documents"]
    assert [d["title"] for d in documentos if "Mesa" in d["title"]] == ["Mesa de negociación, acta 2"]
    assert cliente.get(f"/api/v1/convocatorias/{abierta.id}/actas/2").json()["clase"] == "mesa"
    abierta.decidir(abierta.ana)
    with transaccion() as otra:
        (decision,) = adjudicaciones_de(otra, abierta.id).values()
        assert decision.total == bs("180.00")


def test_lo_que_no_cabe_se_dice_en_la_pagina(abierta: Evaluacion, sesion_web: Any) -> None:
    entidad = sesion_web(abierta.feria.entidad.persona)
    ruta = f"/compras/{abierta.id}/mesa"
    bien = {"presentes": "\n".join(PRESENTES), "dichos.1.dicho": DICHO}
    for malo, dice in (
        ({"dichos.1.dicho": "ok"}, "Escriba qué se dijo, de 3 a 2.000 letras."),
        ({"presentes": "Ana\nB"}, "hasta 200 personas"),
        ({"presentes": "Ana\n" * 201}, "hasta 200 personas"),
        ({"presentes": "A" * 201}, "hasta 200 personas"),
    ):
        negada = entidad.post(ruta, data=bien | malo)
        assert (negada.status_code, dice in negada.text) == (422, True), malo
    assert escritas(abierta) == []
    assert entidad.post(ruta, data=bien).status_code == 303


def test_la_firman_todas_las_que_evaluan(abierta: Evaluacion) -> None:
    abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    with pytest.raises(SinPapel):
        mesa(abierta, abierta.feria.entidad.actor)
    acto = mesa(abierta, abierta.rosa)
    assert isinstance(acto, Propuesto)
    assert escritas(abierta) == []
    firmar(abierta.pedro, acto)
    (dicha,) = escritas(abierta)
    assert [firma["quien"].split()[0] for firma in dicha["firmas"]] == ["Rosa", "Pedro"]


@pytest.mark.parametrize(("precio", "de_nadie"), [("90", False), ("95", False), ("0", False), ("85", True)])
def test_lo_que_no_es_una_rebaja_se_niega(abierta: Evaluacion, precio: str, *, de_nadie: bool) -> None:
    with pytest.raises(DatosInvalidos, match="Ítem 1:"):
        mesa(abierta, abierta.feria.entidad.actor, precio, abierta.item if de_nadie else None)
    assert escritas(abierta) == []


def test_despues_de_decidir_ya_no_hay_mesa(abierta: Evaluacion, feria: Feria, duenio: Engine) -> None:
    mesa(abierta, feria.entidad.actor, None)
    mesa(abierta, feria.entidad.actor, None)
    assert len(escritas(abierta)) == 2
    abierta.decidir(abierta.ana)
    with pytest.raises(EstadoNoPermite, match="mientras la convocatoria está en evaluación"):
        mesa(abierta, feria.entidad.actor, None)
    otra = text(
        "INSERT INTO feria_acta SELECT gen_random_uuid(), convocatoria_id, 9, clase, contenido, huella,"
        " hecha_en, hecha_por, version FROM feria_acta WHERE clase = 'mesa' LIMIT 1"
    )
    with pytest.raises(IntegrityError, match="written when it is done"), duenio.begin() as bd:
        bd.execute(otra)
